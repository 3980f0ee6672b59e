package dev.thalweg.core.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The resource that holds the catalogue. The one thing that the engine reads by itself. */
final class CatalogText {
    private static final String RESOURCE = "models.txt";

    private CatalogText() {}

    static String read() {
        try (InputStream in = CatalogText.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + CatalogText.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
