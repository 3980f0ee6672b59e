package dev.thalweg.gateway.through;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.gateway.through.BothWays.Spoken;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails at a provider fails for the SDK in the same way when a gateway stands between. */
class SdkErrorsThroughGatewayTest {
    private static final String ERROR = "{\"error\":{\"message\":\"No.\",\"type\":\"a_type\",\"code\":%s}}";

    static List<Arguments> statuses() {
        List<Arguments> all = new ArrayList<>();
        for (Spoken spoken : Spoken.values()) {
            for (int status : new int[] {400, 401, 403, 404, 413, 422, 429, 500, 503, 529}) {
                all.add(Arguments.of(spoken, status));
            }
        }
        return all;
    }

    private static Script failing(Spoken spoken, int status) {
        String code = spoken == Spoken.GEMINI ? String.valueOf(status) : "\"a_code\"";
        ScriptBuilder script =
                Script.status(status).header("Content-Type", "application/json").header("x-request-id", "req-upstream");
        return (status == 429 || status == 503 ? script.header("retry-after", "7") : script)
                .text(
                        switch (spoken) {
                            case BEDROCK, COHERE -> "{\"message\":\"No.\"}";
                            case OLLAMA -> "{\"error\":\"No.\"}";
                            default -> ERROR.formatted(code);
                        })
                .build();
    }

    private static Map<String, Object> facts(ThalwegException e) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("class", e.getClass().getSimpleName());
        facts.put("status", e.status());
        facts.put("type", e.type());
        facts.put("code", e.code());
        facts.put("retry after", e.retryAfter());
        facts.put("retryable", e.retryable());
        // The gateway tells the usage of an answer at its end: of one that broke it is an estimate.
        e.partial()
                .map(partial -> Facts.of(partial.toBuilder().usage(null).build()))
                .ifPresent(said -> said.forEach((name, value) -> facts.put("partial " + name, value)));
        return facts;
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void aRefusalIsTheSame(Spoken spoken, int status) {
        try (BothWays both = new BothWays(spoken)) {
            both.upstream.always(failing(spoken, status));
            ChatRequest question = ChatRequest.of(spoken.model(), "Hello");
            ThalwegException direct =
                    catchThrowableOfType(ThalwegException.class, () -> both.direct.complete(question));
            ThalwegException through =
                    catchThrowableOfType(ThalwegException.class, () -> both.through.complete(question));
            assertThat(Facts.difference(facts(direct), facts(through))).isEmpty();
            assertThat(through.requestId()).isPresent().isNotEqualTo(direct.requestId());
        }
    }

    @ParameterizedTest
    @EnumSource(Spoken.class)
    void aStreamThatBreaksLeavesTheSame(Spoken spoken) {
        try (BothWays both = new BothWays(spoken)) {
            both.upstream.always(spoken.stream(5).fin().build());
            assertThat(Facts.difference(facts(broken(both.direct, spoken)), facts(broken(both.through, spoken))))
                    .isEmpty();
        }
    }

    private static ThalwegException broken(Thalweg thalweg, Spoken spoken) {
        return catchThrowableOfType(ThalwegException.class, () -> {
            try (ChatStream stream = thalweg.stream(ChatRequest.of(spoken.model(), "Hello"))) {
                stream.response();
            }
        });
    }
}
