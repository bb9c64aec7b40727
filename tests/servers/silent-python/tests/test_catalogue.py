import pytest

from shelf_mcp.catalogue import Book, Catalogue


@pytest.fixture
def catalogue():
    shelf = Catalogue(":memory:")
    shelf.add(Book("9780141439600", "Bleak House", "Charles Dickens"))
    return shelf


def test_search_finds_authors_too(catalogue):
    assert [book.title for book in catalogue.search("dickens")] == ["Bleak House"]


def test_a_book_is_lent_once(catalogue):
    assert catalogue.lend("9780141439600", "ada")
    assert not catalogue.lend("9780141439600", "grace")


def test_a_book_comes_back(catalogue):
    catalogue.lend("9780141439600", "ada")
    assert catalogue.take_back("9780141439600")
    assert catalogue.get("9780141439600").lent_to is None
