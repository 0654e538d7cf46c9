"""The shapes of the data and of the loss, as tuples."""

from grading.probes.boxes import box, wrong
from grading.probes.model import Point

PROBE = box(
    "ps1_shapes", {"shape_X": (50, 3), "shape_y": (50,), "shape_loss": ()},
    [Point("X", 0.5, part="shape_X"), Point("y", 0.5, part="shape_y"), Point("the loss", 0.5, part="shape_loss")],
    [wrong("loss_per_sample", shape_X=(50, 3), shape_y=(50,), shape_loss=(50,),
           hint="One error per sample is what you have before the mean. What does the mean leave?"),
     wrong("loss_is_a_column", shape_X=(50, 3), shape_y=(50,), shape_loss=(50, 1),
           hint="A loss ranks two settings of w against each other, so it has to be a single number."),
     wrong("loss_has_one_axis", shape_X=(50, 3), shape_y=(50,), shape_loss=(1,),
           hint="An array with one element still has one axis. How many axes does a plain number have?"),
     wrong("loss_is_a_table", shape_X=(50, 3), shape_y=(50,), shape_loss=(1, 1),
           hint="A table with one entry still has two axes. How many axes does a plain number have?"),
     wrong("y_is_a_row", shape_X=(50, 3), shape_y=(1, 50), shape_loss=(),
           hint="Your y is a table with one row. The text says y has one axis."),
     wrong("y_is_a_column", shape_X=(50, 3), shape_y=(50, 1), shape_loss=(),
           hint="With y as a column, the difference from an (n,) prediction is a table. The text says y has one axis."),
     wrong("X_is_transposed", shape_X=(3, 50), shape_y=(50,), shape_loss=(),
           hint="With your X the product X w does not exist. In this course one row is one sample.")],
    [{"shape_X": [50, 3], "shape_y": (50,), "shape_loss": ()}, {"shape_X": (50, 3), "shape_y": [50], "shape_loss": []}])
