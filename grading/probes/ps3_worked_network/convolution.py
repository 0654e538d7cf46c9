"""One value of a convolution by hand."""

import numpy as np

from grading.probes.boxes import number_box, wrong

from .reference import conv2d_same

IMAGE = np.array([[-1, 0, -2, 3, 4, 1], [2, 9, 5, 6, 0, -1], [0, -3, 1, 3, 4, 4],
                  [6, 5, 2, 0, 6, 8], [-5, 4, -3, 1, 3, -2], [4, 1, 2, 8, 9, 7]])
FILTER = np.array([[-2, -2, -2], [-2, 5, -2], [-2, -2, -2]])
CONVOLVED = conv2d_same(IMAGE, FILTER)

PROBE = number_box("ps3_convolution", "convolution", float(CONVOLVED[1, 3]), 0.5, [
    wrong("counted_from_zero", convolution=float(CONVOLVED[2, 4]),
          hint="That value stands one row and one column further on: rows and columns count from 1 here."),
    wrong("exchanged", convolution=float(CONVOLVED[3, 1]),
          hint="Row and column have changed places."),
    wrong("centre_like_the_rest", convolution=float(CONVOLVED[1, 3] - 7 * IMAGE[1, 3]),
          hint="The centre of the filter is 5, not −2."),
    wrong("centre_left_out", convolution=float(CONVOLVED[1, 3] - 5 * IMAGE[1, 3]),
          hint="The pixel itself is missing from your sum: the centre of the filter lies on it.")])
