"""Making a course: build masters, describe answers, write a sample class."""
