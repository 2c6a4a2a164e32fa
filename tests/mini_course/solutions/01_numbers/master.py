# %% [raw]
# # ASSIGNMENT CONFIG
# name: 01_numbers
# init_cell: false
# export_cell: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 숫자 / Numbers

# %%
import csv

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [raw]
# # BEGIN SOLUTION

# %%
with open("numbers.csv") as file:
    numbers = [int(row["number"]) for row in csv.DictReader(file)]  # SOLUTION
total = sum(numbers)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_total_is_a_number(total):
    assert isinstance(total, int), f"total is {type(total).__name__}, expected int"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: look at how you add up
""" # END TEST CONFIG
def test_total_of_the_file(total):
    assert total == 10, f"total is {total}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [raw]
# # BEGIN SOLUTION

# %%
def double(values):
    # BEGIN SOLUTION
    return [2 * value for value in values]
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_double_of_two_numbers(double):
    assert double([1, 2]) == [2, 4], "double([1, 2]) must be [2, 4]"

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: try other lists
""" # END TEST CONFIG
def test_double_of_secret_numbers(double):
    assert double([7001, -7002]) == [14002, -14004]

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [raw]
# # BEGIN SOLUTION

# %%
squares = {n: n * n for n in range(5)}  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_square_of_two(squares):
    assert squares[2] == 4

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
""" # END TEST CONFIG
def test_squares_are_those_of_the_reference(squares, reference):
    assert squares == reference["squares"]

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
