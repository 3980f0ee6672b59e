package dev.thalweg.examples.tools;

import dev.thalweg.tool.Doc;
import dev.thalweg.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A library whose methods a model may have called. {@code LibraryTools} is made of it by the compiler. */
final class Library {
    enum Genre {
        FANTASY,
        CRIME
    }

    record Book(String title, String author, Genre genre) {}

    private final Map<String, Book> books = Map.of(
            "9780756404741", new Book("The Name of the Wind", "Patrick Rothfuss", Genre.FANTASY),
            "9780062073488", new Book("And Then There Were None", "Agatha Christie", Genre.CRIME));

    @Tool("Looks up a book by its ISBN")
    Book lookup(@Doc("13 digits, no dashes") String isbn) {
        Book book = books.get(isbn);
        if (book == null) {
            throw new IllegalArgumentException("there is no book " + isbn);
        }
        return book;
    }

    @Tool("Lists the ISBNs of all books, or of those of one genre")
    List<String> list(Optional<Genre> genre) {
        return books.entrySet().stream()
                .filter(book -> genre.isEmpty() || book.getValue().genre() == genre.get())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
