package dev.thalweg.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-canary0123456789", "sk-proj-canary_0123-456789", "sk-ant-api03-canary01234",
                        "sk-or-v1-canary012345678",
                "sk-proj-********************cana", "gsk_canary0123456789", "xai-canary0123456789",
                        "pplx-canary0123456789",
                "hf_canary0123456789", "csk-canary0123456789", "fw_canary0123456789", "nvapi-canary0123456789",
                "AIzacanary0123456789", "Bearer canary0123456789", "bearer canary", "BEARER   canary.with/odd+chars=="
            })
    void keysAreGoneWhereverTheyStand(String key) {
        for (String text : new String[] {
            key,
            "Incorrect API key provided: " + key + ". You can find",
            "{\"k\":\"" + key + "\"}",
            "(" + key + ")",
            "=" + key + "\n"
        }) {
            assertThat(Redaction.message(text)).doesNotContain("cana", "0123").contains("***");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "The model `gpt-4o` does not exist", "Rate limit reached in org-1 on tokens per min",
                "a risk-assessment of the task-list", "maximum context length is 8192 tokens",
                        "prefix sk- and key_ alone"
            })
    void otherTextsStayAsTheyAre(String text) {
        assertThat(Redaction.message(text)).isEqualTo(text);
    }

    @Test
    void longTextsAreCut() {
        assertThat(Redaction.message("x".repeat(2_000))).hasSize(2_000);
        assertThat(Redaction.message("x".repeat(2_001))).hasSize(2_001).endsWith("…");
        assertThat(Redaction.message("word ".repeat(100_000))).hasSize(2_001);
    }
}
