package dev.thalweg.examples.tools;

import dev.thalweg.tool.Doc;
import dev.thalweg.tool.Tool;
import java.util.concurrent.Callable;

@Tool("Formats a book's title and author")
record FormatBook(
        @Doc("as on the cover") String title,
        @Doc("first and last name") String author) implements Callable<String> {
    @Override
    public String call() {
        return title + " by " + author;
    }
}
