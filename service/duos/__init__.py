"""A gap becomes an answer: who owns it, which askings belong together, what is written, and the proof."""
