"""One value of a convolution by hand."""

from grading.probes.boxes import number_box, wrong

from . import reference

_CONVOLVED = reference.conv2d_same(reference.IMAGE, reference.FILTER)
PROBE = number_box("ps3_convolution", "convolution", float(_CONVOLVED[1, 3]), 0.5, [
    wrong("counted_from_zero", convolution=float(_CONVOLVED[2, 4]),
          hint="That value stands one row and one column further on: rows and columns count from 1 here."),
    wrong("exchanged", convolution=float(_CONVOLVED[3, 1]),
          hint="Row and column have changed places."),
    wrong("centre_like_the_rest", convolution=float(_CONVOLVED[1, 3] - 7 * reference.IMAGE[1, 3]),
          hint="The centre of the filter is 5, not −2."),
    wrong("centre_left_out", convolution=float(_CONVOLVED[1, 3] - 5 * reference.IMAGE[1, 3]),
          hint="The pixel itself is missing from your sum: the centre of the filter lies on it.")])
