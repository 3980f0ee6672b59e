package dev.thalweg.examples.sdk;

import dev.thalweg.Thalweg;
import java.nio.file.Path;

/** Asks a model of the gateway's configuration file, without a gateway. */
public final class FromAConfigFile {
    void main(String[] args) {
        try (Thalweg thalweg = Thalweg.builder().config(Path.of(args[0])).build()) {
            IO.println(thalweg.complete("fast", "Hello").content());
        }
    }
}
