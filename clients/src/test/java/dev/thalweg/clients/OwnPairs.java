package dev.thalweg.clients;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Providers' own clients, and what they are put before. */
final class OwnPairs {
    private OwnPairs() {}

    static Stream<Arguments> all() {
        return Arrays.stream(Client.values())
                .filter(Client::own)
                .flatMap(client -> Stream.of(client.provider(), Provider.OPENAI, Provider.ANTHROPIC)
                        .map(provider -> Arguments.of(client, provider)));
    }
}
