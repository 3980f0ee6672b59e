package dev.thalweg.examples.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.ContextWindowExceededException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.error.ThalwegException;
import java.time.Duration;

/** Says what went wrong, for whom and whether to come back later. Retries are over when an exception comes. */
public final class HandleErrors {
    void main() {
        try (ChatStream stream = Thalweg.create().stream("openai/gpt-4o-mini", "Tell me a story")) {
            stream.text().forEach(IO::print);
        } catch (ContextWindowExceededException e) {
            IO.println("Too long for " + e.model().orElseThrow());
        } catch (RateLimitException e) {
            IO.println("Come back in " + e.retryAfter().orElse(Duration.ofMinutes(1)));
        } catch (ThalwegException e) {
            IO.println("\n" + e.getClass().getSimpleName() + " " + e.status() + " "
                    + e.code().orElse("") + (e.retryable() ? ", may pass" : ""));
            e.partial().ifPresent(answer -> IO.println("So far: " + answer.content()));
            e.attempts().forEach(IO::println);
        }
    }
}
