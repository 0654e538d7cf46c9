"""A list of slips serves every set whose solution holds its texts, under the set's own names."""

from grading.probes.model import Mistake, Slip
from grading.probes.sisters import for_sister


def test_names_are_replaced_as_whole_words_in_both_texts() -> None:
    [slip] = for_sister([Slip("overflows", "np.exp(-x)", "np.exp(x) + max", "Look at x.")], x="Z")
    assert slip == Slip("overflows", "np.exp(-Z)", "np.exp(Z) + max", "Look at x.")


def test_a_whole_program_stays_as_it_is() -> None:
    program = Mistake(lambda x: x, "Look again.", "identity")
    assert for_sister([program], x="Z") == [program]
