"""The trust boundary: what a kernel wrote, checked and rebuilt as the real things that tests read."""
