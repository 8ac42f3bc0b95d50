"""The tree of RFC 6962: roots of its published examples, and proofs of every leaf of every small tree."""

import hashlib

import pytest

from hegui.foundation.audit.merkle import Frontier, Tree, root_by_path

# The leaves and roots that Certificate Transparency's own reference tests publish.
LEAVES = [bytes.fromhex(one) for one in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def test_the_root_is_that_of_the_published_examples() -> None:
    frontier = Frontier()
    assert frontier.root() == hashlib.sha256().digest()
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        frontier.add(leaf)
        assert frontier.root().hex() == root


@pytest.mark.parametrize("size", range(1, 40))
def test_every_leaf_is_proven_and_no_other_in_its_place(size: int) -> None:
    leaves = [bytes([n]) * 32 for n in range(size)]
    tree, frontier = Tree(leaves), Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    for index in range(size):
        path = tree.path(index)
        assert root_by_path(leaves[index], index, size, path) == frontier.root()
        assert root_by_path(b"another", index, size, path) != frontier.root()
        if size > 1:
            assert root_by_path(leaves[index], (index + 1) % size, size, path) != frontier.root()
            assert root_by_path(leaves[index], index, size, path[:-1]) != frontier.root()
        assert root_by_path(leaves[index], index, size, [*path, bytes(32)]) is None


def test_a_tree_goes_on_from_its_edge() -> None:
    whole, half = Frontier(), Frontier()
    for n in range(100):
        whole.add(bytes([n]))
        if n < 57:
            half.add(bytes([n]))
    later = Frontier(half.size, half.edge)
    for n in range(57, 100):
        later.add(bytes([n]))
    assert later.root() == whole.root()
