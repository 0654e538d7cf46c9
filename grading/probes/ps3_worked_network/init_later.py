"""The same network later on: its two units never part."""

from grading.probes.boxes import box, wrong
from grading.probes.model import Point

PROBE = box(
    "ps3_init_later", {"w_later": {3}, "v_later": {2}},
    [Point("w₁ and w₂", 0.5, part="w_later"), Point("v₁ and v₂", 0.25, part="v_later")],
    [wrong("zero_for_ever", w_later={2}, v_later={2},
           hint="In the first step v moves. What does this let through to w in the second one?"),
     wrong("first_is_larger", w_later={1}, v_later={1},
           hint="Both units see the same input and the same error. What could make one of them the larger?"),
     wrong("second_is_larger", w_later={4}, v_later={3},
           hint="Both units see the same input and the same error. What could make one of them the smaller?"),
     wrong("none", w_later={5}, v_later={2},
           hint="One of the other lines holds: w₁ and w₂ get the same updates, and from the second step on these are "
                "not zero.")],
    [{"w_later": 3, "v_later": [2]}])
