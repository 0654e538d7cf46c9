"""Wrong answers to ps7's exercises on the data: convert_onehot, shuffle, split."""

from typing import Any

import numpy as np

from grading.probes.model import Mistake

# convert_onehot


def as_many_columns_as_seen(train: np.ndarray, valid: np.ndarray, test: np.ndarray) -> Any:
    return tuple(np.eye(y.max() + 1)[y] for y in (train, valid, test))


def labels_from_one(train: np.ndarray, valid: np.ndarray, test: np.ndarray) -> Any:
    return tuple(np.eye(10)[y - 1] for y in (train, valid, test))


def classes_as_rows(train: np.ndarray, valid: np.ndarray, test: np.ndarray) -> Any:
    return tuple(np.eye(10)[:, y] for y in (train, valid, test))


def only_the_first(train: np.ndarray, valid: np.ndarray, test: np.ndarray) -> Any:
    return np.eye(10)[train], valid, test


def last_two_swapped(train: np.ndarray, valid: np.ndarray, test: np.ndarray) -> Any:
    return np.eye(10)[train], np.eye(10)[test], np.eye(10)[valid]


def first_three_times(train: np.ndarray, valid: np.ndarray, test: np.ndarray) -> Any:
    return np.eye(10)[train], np.eye(10)[train], np.eye(10)[train]


def label_as_the_entry(train: np.ndarray, valid: np.ndarray, test: np.ndarray) -> Any:
    return tuple(np.eye(10)[y] * y[:, None] for y in (train, valid, test))


CONVERT_ONEHOT = (
    Mistake(as_many_columns_as_seen, "The number of columns depends on which labels happen to occur. There are ten "
                                     "letters, whether all of them are in the set or not."),
    Mistake(labels_from_one, "Every one sits in the neighbouring column: labels count from 0."),
    Mistake(classes_as_rows, "Your samples are columns. Here every sample is a row, with ten entries."),
    Mistake(only_the_first, "Only the training labels are converted. All three sets need it."),
    Mistake(last_two_swapped, "The second and the third set have changed places."),
    Mistake(first_three_times, "All three results come from the training labels."),
    Mistake(label_as_the_entry, "The entry at the label is 1, whatever the label is. Class 0 should not vanish."),
)


# shuffle

def new_generator(data: np.ndarray, target: np.ndarray) -> Any:
    order = np.random.default_rng(421).permutation(len(data))
    return data[order], target[order]


def seed_of_the_split(data: np.ndarray, target: np.ndarray) -> Any:
    order = np.random.RandomState(521).permutation(len(data))
    return data[order], target[order]


def targets_stay(data: np.ndarray, target: np.ndarray) -> Any:
    return data[np.random.RandomState(421).permutation(len(data))], target


def each_its_own_order(data: np.ndarray, target: np.ndarray) -> Any:
    generator = np.random.RandomState(421)
    return data[generator.permutation(len(data))], target[generator.permutation(len(data))]


def order_undone(data: np.ndarray, target: np.ndarray) -> Any:
    order = np.argsort(np.random.RandomState(421).permutation(len(data)))
    return data[order], target[order]


def drawn_with_repeats(data: np.ndarray, target: np.ndarray) -> Any:
    rows = np.random.RandomState(421).randint(0, len(data), len(data))
    return data[rows], target[rows]


def not_shuffled(data: np.ndarray, target: np.ndarray) -> Any:
    return data.copy(), target.copy()


def shuffled_in_place(data: np.ndarray, target: np.ndarray) -> Any:
    order = np.random.RandomState(421).permutation(len(data))
    data[:], target[:] = data[order], target[order]
    return data, target


SHUFFLE = (
    Mistake(new_generator, "That is the order of numpy's newer generator. The text fixes the older one, so that "
                           "published results can be compared."),
    Mistake(seed_of_the_split, "That order belongs to seed 521, which is for the split. Here it is 421."),
    Mistake(targets_stay, "The images have moved and the targets have not, so every image gets another one's letter."),
    Mistake(each_its_own_order, "Images and targets are shuffled one after the other, so that they no longer belong "
                                "together. Draw one order and use it twice."),
    Mistake(order_undone, "Right pairs, in the opposite order: entry i of the order says which row comes to place i, "
                          "not where row i goes."),
    Mistake(drawn_with_repeats, "Some rows occur twice and others are lost. A shuffle keeps each row exactly once."),
    Mistake(not_shuffled, "The rows come back in the order in which they went in."),
    Mistake(shuffled_in_place, "The order is right, but the caller's own arrays have been shuffled as well."),
)


# split

def file_order(data: np.ndarray, target: np.ndarray, n_train: int, n_valid: int) -> Any:
    end = n_train + n_valid
    return data[:n_train], target[:n_train], data[n_train:end], target[n_train:end], data[end:], target[end:]


def split_with_the_new_generator(data: np.ndarray, target: np.ndarray, n_train: int, n_valid: int) -> Any:
    order, end = np.random.default_rng(521).permutation(len(data)), n_train + n_valid
    data, target = data[order], target[order]
    return data[:n_train], target[:n_train], data[n_train:end], target[n_train:end], data[end:], target[end:]


def seed_of_the_shuffle(data: np.ndarray, target: np.ndarray, n_train: int, n_valid: int) -> Any:
    order, end = np.random.RandomState(421).permutation(len(data)), n_train + n_valid
    data, target = data[order], target[order]
    return data[:n_train], target[:n_train], data[n_train:end], target[n_train:end], data[end:], target[end:]


def count_taken_for_an_end(data: np.ndarray, target: np.ndarray, n_train: int, n_valid: int) -> Any:
    order = np.random.RandomState(521).permutation(len(data))
    data, target = data[order], target[order]
    return (data[:n_train], target[:n_train], data[n_train:n_valid], target[n_train:n_valid],
            data[n_valid:], target[n_valid:])


def targets_left_in_file_order(data: np.ndarray, target: np.ndarray, n_train: int, n_valid: int) -> Any:
    data, end = data[np.random.RandomState(521).permutation(len(data))], n_train + n_valid
    return data[:n_train], target[:n_train], data[n_train:end], target[n_train:end], data[end:], target[end:]


def images_first(data: np.ndarray, target: np.ndarray, n_train: int, n_valid: int) -> Any:
    order, end = np.random.RandomState(521).permutation(len(data)), n_train + n_valid
    data, target = data[order], target[order]
    return data[:n_train], data[n_train:end], data[end:], target[:n_train], target[n_train:end], target[end:]


def test_set_overlaps(data: np.ndarray, target: np.ndarray, n_train: int, n_valid: int) -> Any:
    order, end = np.random.RandomState(521).permutation(len(data)), n_train + n_valid
    data, target = data[order], target[order]
    return data[:n_train], target[:n_train], data[n_train:end], target[n_train:end], data[n_train:], target[n_train:]


SPLIT = (
    Mistake(file_order, "The rows are cut in the order of the file. Files are often sorted, so shuffle before you "
                        "cut."),
    Mistake(split_with_the_new_generator, "That is the order of numpy's newer generator. The text fixes the older "
                                          "one."),
    Mistake(seed_of_the_shuffle, "That order belongs to seed 421, which is for the shuffle. Here it is 521."),
    Mistake(count_taken_for_an_end, "The second number says how many validation rows there are, not where they end."),
    Mistake(targets_left_in_file_order, "The images were reordered and the targets were not: they no longer belong "
                                        "together."),
    Mistake(images_first, "The parts are right, in another order: images and targets of one set come side by side."),
    Mistake(test_set_overlaps, "The test set begins too early: it holds the validation rows as well. A network must "
                               "not be tested on what chose it."),
)
