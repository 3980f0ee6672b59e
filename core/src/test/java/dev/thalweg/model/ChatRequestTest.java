package dev.thalweg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {
    private static ChatRequest.Builder request() {
        return ChatRequest.builder("openai/gpt-4o-mini").user("Hello");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aTemperatureThatIsNoNumberIsRefused(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request().temperature(value))
                .withMessage("A temperature is a number, usually 0 to 2, not " + value + ".");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7, 2, 5})
    void howHighATemperatureMayBeTheProviderDecides(double value) {
        assertThat(request().temperature(value).build().temperature()).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "-1.5e3",
                "true",
                "null",
                "\"flex\"",
                "[]",
                "{\"a\":[1,{\"b\":null}]}",
                " 7\n",
                "\"\\u00e9\""
            })
    void anExtraFieldIsKeptAsItIs(String json) {
        assertThat(request().extra("field", json).build().extra()).containsEntry("field", new RawJson(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "flex",
                "'flex'",
                "NaN",
                "Infinity",
                "01",
                "+1",
                "1.",
                "7,",
                "1 2",
                "7,\"model\":\"other\"",
                "{}}",
                "{\"a\":1",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "\"open",
                "\"\\x\"",
                "\"\n\"",
                "// no\n7",
                "tru",
                "]"
            })
    void anExtraFieldThatIsNotOneJsonValueIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request().extra("service_tier", json))
                .withMessageStartingWith(
                        "extra(\"service_tier\", …) takes JSON text, a string with its quotes; this is not JSON: ");
    }

    @Test
    void aRequestWithoutAMessageIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ChatRequest.builder("openai/gpt-4o-mini").build())
                .withMessageContaining("at least one message");
    }
}
