package dev.thalweg.examples;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;

/**
 * Streams from a gateway and shows what to do when it breaks. Start one first ({@code ./thalweg serve}), then: {@code
 * THALWEG_BASE_URL=http://localhost:8000}.
 */
public final class ThroughTheGateway {
    private ThroughTheGateway() {}

    /** Asks the model named first, or the demo, what was said second. */
    public static void main(String[] args) {
        String model = args.length > 0 ? args[0] : "thalweg/demo";
        String prompt = args.length > 1 ? args[1] : "Hello";
        Thalweg thalweg = Thalweg.create();
        try (ChatStream stream = thalweg.stream(model, prompt)) {
            for (ChatChunk chunk : stream) {
                System.out.print(chunk.content());
                System.out.flush();
            }
            System.out.println();
            stream.usage().ifPresent(usage -> System.out.println(usage.outputTokens() + " tokens"));
        } catch (RateLimitException e) {
            System.out.println("Too many requests; wait " + e.retryAfter().orElseThrow());
        } catch (ThalwegException e) {
            System.out.println("\nBroken off: " + e.getMessage());
            e.partial().ifPresent(answer -> System.out.println("So far: " + answer.content()));
        }
    }
}
