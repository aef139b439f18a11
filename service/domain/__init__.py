"""The words of the contact centre as values. Imports nothing but the library's own words."""
