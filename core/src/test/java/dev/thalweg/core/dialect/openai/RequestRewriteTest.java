package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Provider.TokenField;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.wire.Splices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a caller's body becomes for an upstream: only what must change, and valid JSON whatever came. */
class RequestRewriteTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi, \\\"you\\\"\"}]";

    @Test
    void nothingChangesWhereNothingHasTo() {
        String body = "{ \"model\" : \"gpt-4o\", " + MESSAGES + " }";
        assertThat(rewrite(body, "openai", "gpt-4o", Map.of())).isEqualTo(body);
        assertThat(splices(body, "openai", "gpt-4o", Map.of()).isEmpty()).isTrue();
    }

    @Test
    void onlyTheModelsNameChanges() {
        assertThat(rewrite("{ \"model\" : \"fast\" , " + MESSAGES + " }", "openai", "gpt-4o", Map.of()))
                .isEqualTo("{ \"model\" : \"gpt-4o\" , " + MESSAGES + " }");
        assertThat(rewrite("{\"model\":\"\\u0066ast\"," + MESSAGES + "}", "groq", "we\"ird", Map.of()))
                .isEqualTo("{\"model\":\"we\\\"ird\"," + MESSAGES + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"stream\":true | \"stream_options\":{\"include_usage\":true},",
                "\"stream\":true,\"stream_options\":null | ",
                "\"stream\":true,\"stream_options\":{} | ",
                "\"stream\":true,\"stream_options\":{ } | ",
                "\"stream\":true,\"stream_options\":{\"include_usage\":false} | ",
                "\"stream\":true,\"stream_options\":{\"include_usage\":null} | ",
                "\"stream\":true,\"stream_options\":{\"include_usage\":true} | ",
                "\"stream\":true,\"stream_options\":{\"include_obfuscation\":false} | ",
                "\"stream\":true,\"stream_options\":{\"include_obfuscation\":false,\"include_usage\":false} | ",
                "\"stream_options\":{\"include_usage\":false,\"x\":[1,2]},\"stream\":true | ",
                "\"stream_options\":{\"include_usage\":true,\"include_usage\":false},\"stream\":true | "
            })
    void usageIsAlwaysAskedForOnAStream(String members, String added) {
        String result = rewrite("{\"model\":\"m\"," + MESSAGES + "," + members + "}", "openai", "m", Map.of());
        ObjectNode expected = tree("{\"model\":\"m\"," + MESSAGES + "," + members + "}");
        ObjectNode options =
                expected.get("stream_options") instanceof ObjectNode o ? o : expected.putObject("stream_options");
        options.put("include_usage", true);
        assertThat(tree(result)).isEqualTo(expected);
        assertThat(result).startsWith("{" + (added == null ? "\"model\"" : added));
    }

    @Test
    void usageIsNotAskedForWithoutAStream() {
        String body = "{\"model\":\"m\"," + MESSAGES + ",\"stream\":false}";
        assertThat(rewrite(body, "openai", "m", Map.of())).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"mistral", "perplexity"})
    void streamOptionsAreNotSentWhereTheyAreRefused(String provider) {
        String plain = "{\"model\":\"m\"," + MESSAGES + ",\"stream\":true}";
        assertThat(rewrite(plain, provider, "m", Map.of())).isEqualTo(plain);
        for (String body : new String[] {
            "{\"model\":\"m\"," + MESSAGES + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
            "{\"stream_options\":{\"include_usage\":true},\"model\":\"m\"," + MESSAGES + ",\"stream\":true}",
            "{\"model\":\"m\" , \"stream_options\":null , " + MESSAGES + ",\"stream\":true}"
        }) {
            assertThat(tree(rewrite(body, provider, "m", Map.of()))).isEqualTo(tree(plain));
            ObjectNode changed = tree(rewrite(body, provider, "k", Map.of("seed", "7")));
            assertThat(changed).isEqualTo(tree(plain).put("model", "k").put("seed", 7));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o, max_tokens, max_tokens",
        "openai, o3-mini, max_tokens, max_completion_tokens",
        "openai, gpt-5-nano, max_tokens, max_completion_tokens",
        "azure, my/o1, max_tokens, max_completion_tokens",
        "openai, gpt-4o, max_completion_tokens, max_completion_tokens",
        "openai, chatgpt-o1, max_tokens, max_tokens",
        "mistral, large, max_completion_tokens, max_tokens",
        "mistral, large, max_tokens, max_tokens",
        "groq, llama, max_completion_tokens, max_completion_tokens"
    })
    void theTokenLimitHasTheNameTheUpstreamKnows(String provider, String model, String sent, String expected) {
        for (String body : new String[] {
            "{\"model\":\"" + model + "\"," + MESSAGES + ",\"" + sent + "\" : 5}",
            "{\"" + sent + "\":5,\"model\":\"" + model + "\"," + MESSAGES + "}"
        }) {
            assertThat(tree(rewrite(body, provider, model, Map.of("seed", "1"))))
                    .isEqualTo(
                            tree("{\"model\":\"" + model + "\"," + MESSAGES + ",\"seed\":1,\"" + expected + "\":5}"));
        }
    }

    @Test
    void defaultsFillInWhatTheCallerLeftOutAndOverrideNothing() {
        String body = "{\"model\":\"m\"," + MESSAGES + ",\"temperature\":0}";
        Map<String, String> defaults = Map.of("temperature", "1", "seed", "7", "metadata", "{\"a\":[1]}");
        assertThat(tree(rewrite(body, "groq", "m", defaults)))
                .isEqualTo(tree(
                        "{\"model\":\"m\"," + MESSAGES + ",\"temperature\":0,\"seed\":7,\"metadata\":{\"a\":[1]}}"));
    }

    @Test
    void aDefaultLimitYieldsToTheCallersUnderEitherName() {
        Map<String, String> defaults = Map.of("max_tokens", "9");
        String with = "{\"model\":\"m\"," + MESSAGES + ",\"max_completion_tokens\":5}";
        assertThat(rewrite(with, "groq", "m", defaults)).isEqualTo(with);
        assertThat(tree(rewrite("{\"model\":\"o1\"," + MESSAGES + "}", "openai", "o1", defaults)))
                .isEqualTo(tree("{\"model\":\"o1\"," + MESSAGES + ",\"max_completion_tokens\":9}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mistral | large | \"max_tokens\":null,\"max_completion_tokens\":5 | \"max_tokens\":5",
                "mistral | large | \"max_completion_tokens\":5,\"max_tokens\":null | \"max_tokens\":5",
                "mistral | large | \"max_tokens\":5,\"max_completion_tokens\":null | \"max_tokens\":5",
                "mistral | large | \"stream_options\":null,\"max_tokens\":null,\"max_completion_tokens\":5 | \"max_tokens\":5",
                "openai | o3 | \"max_completion_tokens\":null,\"max_tokens\":5 | \"max_completion_tokens\":5",
                "openai | ft:o4-mini:acme::x1 | \"max_tokens\":5 | \"max_completion_tokens\":5"
            })
    void aNullLimitSaysNothing(String provider, String model, String members, String expected) {
        String rest = "\"model\":\"" + model + "\"," + MESSAGES;
        for (String body : new String[] {"{" + members + "," + rest + "}", "{" + rest + "," + members + "}"}) {
            assertThat(tree(rewrite(body, provider, model, Map.of("seed", "1"))))
                    .isEqualTo(tree("{" + rest + ",\"seed\":1," + expected + "}"));
        }
    }

    @Test
    void aDefaultLimitIsNotWrittenBesideANullOfItsName() {
        String body = "{\"model\":\"o3\"," + MESSAGES + ",\"max_completion_tokens\":null}";
        assertThat(rewrite(body, "openai", "o3", Map.of("max_tokens", "9"))).isEqualTo(body);
    }

    @Test
    void anyBodyStaysValidAndOtherwiseTheSame() {
        Random random = new Random(5);
        for (int round = 0; round < 4_000; round++) {
            String body = randomBody(random);
            Provider provider =
                    Providers.all().get(random.nextInt(Providers.all().size()));
            String model = random.nextBoolean() ? "m" : "o1";
            Map<String, String> defaults = random.nextBoolean() ? Map.of() : Map.of("seed", "1", "top_p", "0.5");
            assertThat(tree(rewrite(body, provider.name(), model, defaults)))
                    .as("%s for %s", body, provider.name())
                    .isEqualTo(expected(tree(body), provider, model, defaults));
        }
    }

    private static ObjectNode expected(ObjectNode body, Provider provider, String model, Map<String, String> defaults) {
        body.put("model", model);
        if (provider.has(Quirk.NO_STREAM_OPTIONS)) {
            body.remove("stream_options");
        } else if (body.path("stream").asBoolean(false)) {
            (body.get("stream_options") instanceof ObjectNode o ? o : body.putObject("stream_options"))
                    .put("include_usage", true);
        }
        boolean reasoning =
                provider.tokenField() == TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING && model.equals("o1");
        if (reasoning && body.has("max_tokens")) {
            body.set("max_completion_tokens", body.remove("max_tokens"));
        } else if (provider.tokenField() == TokenField.MAX_TOKENS && body.has("max_completion_tokens")) {
            body.set("max_tokens", body.remove("max_completion_tokens"));
        }
        defaults.forEach((name, json) -> {
            if (!body.has(name)) {
                body.set(name, JSON.readTree(json));
            }
        });
        return body;
    }

    private static String randomBody(Random random) {
        List<String> members = new ArrayList<>(List.of("\"model\":\"m\"", MESSAGES));
        String[] others = {
            "\"stream\":true",
            "\"seed\":3",
            "\"x\":{\"model\":\"y\"}",
            "\"user\":\"u\"",
            random.nextBoolean() ? "\"max_tokens\":5" : "\"max_completion_tokens\": 5",
            "\"stream_options\":"
                    + new String[] {"null", "{}", "{\"include_usage\":false}", "{\"a\":1}"}[random.nextInt(4)]
        };
        for (String other : others) {
            if (random.nextInt(3) > 0) {
                members.add(other);
            }
        }
        Collections.shuffle(members, random);
        return random.nextBoolean()
                ? "{" + String.join(",", members) + "}"
                : " { " + String.join("\n , ", members) + "\n} ";
    }

    private static String rewrite(String body, String provider, String model, Map<String, String> defaults) {
        byte[] bytes = ("__" + body + "}").getBytes(StandardCharsets.UTF_8);
        byte[] result = splices(body, provider, model, defaults).apply(bytes, 2, bytes.length - 1);
        return new String(result, StandardCharsets.UTF_8);
    }

    private static Splices splices(String body, String provider, String model, Map<String, String> defaults) {
        return RequestWriter.rewrite(
                RequestReaderTest.read(body), Providers.find(provider).orElseThrow(), model, defaults);
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JSON.readTree(json);
    }
}
