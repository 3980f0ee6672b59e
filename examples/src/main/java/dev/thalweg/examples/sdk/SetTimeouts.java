package dev.thalweg.examples.sdk;

import dev.thalweg.CallOptions;
import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.Timeouts;
import dev.thalweg.error.TimeoutException;
import java.time.Duration;

/** Lets an answer be as long as it likes, but not silent; and one call be over in as many seconds as the first argument says. */
public final class SetTimeouts {
    void main(String[] args) {
        Timeouts patient = Timeouts.builder()
                .firstToken(Duration.ofSeconds(60))
                .idle(Duration.ofSeconds(20))
                .build();
        Thalweg thalweg = Thalweg.builder().timeouts(patient).build();
        IO.println(thalweg.complete("openai/gpt-4o-mini", "Hello").content());

        Timeouts brief = Timeouts.builder()
                .streamTotal(Duration.ofSeconds(Long.parseLong(args[0])))
                .build();
        Thalweg quick =
                thalweg.with(CallOptions.builder().timeouts(brief).retries(0).build());
        try (ChatStream stream = quick.stream("openai/gpt-4o-mini", "Tell me a long story")) {
            stream.text().forEach(IO::print);
        } catch (TimeoutException e) {
            IO.println(" … " + e.code().orElseThrow());
        }
    }
}
