"""Is the language model bound to its sources? Planted lies, honest rewordings, instructions, and servers."""
