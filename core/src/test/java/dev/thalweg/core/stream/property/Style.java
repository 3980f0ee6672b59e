package dev.thalweg.core.stream.property;

import dev.thalweg.core.stream.property.Habits.Calls;
import dev.thalweg.core.stream.property.Habits.Finish;
import dev.thalweg.core.stream.property.Habits.Index;
import dev.thalweg.core.stream.property.Habits.Reasoning;
import dev.thalweg.core.stream.property.Habits.UsageAt;
import dev.thalweg.core.stream.property.Habits.When;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whose stream it looks like. A style may also make the answer one that such a provider gives. */
enum Style {
    /** None in particular: any habit with any other. */
    ANY,
    OPENAI {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.callId = When.FIRST;
            h.callName = When.FIRST;
            h.role = When.FIRST;
            h.head = When.EVERY;
            h.finish = Finish.OWN;
            h.usage = UsageAt.OWN_CHUNK;
            h.nullFinish = true;
            h.mixed = false;
            h.padding = rng.chance(0.5) ? "obfuscation" : "";
        }
    },
    AZURE {
        @Override
        void set(Habits h, Rng rng) {
            OPENAI.set(h, rng);
            h.prelude = true;
        }

        @Override
        void adapt(ObjectNode answer, Rng rng) {
            answer.set(
                    "prompt_filter_results",
                    Trees.array(Trees.object()
                            .put("prompt_index", 0)
                            .set("content_filter_results", Extras.filterResults(rng))));
            answer.get("choices")
                    .forEach(choice -> ((ObjectNode) choice).set("content_filter_results", Extras.filterResults(rng)));
        }
    },
    GROQ {
        @Override
        void set(Habits h, Rng rng) {
            h.role = When.FIRST;
            h.calls = Calls.WHOLE_TOGETHER;
            h.callIndex = Index.RIGHT;
            h.reasoning = Reasoning.REASONING;
            h.finish = Finish.OWN;
            h.usage = UsageAt.X_GROQ;
        }

        @Override
        void adapt(ObjectNode answer, Rng rng) {
            answer.set("x_groq", Trees.object("id", Texts.word(rng, "req_")));
        }
    },
    OPENROUTER {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.role = When.EVERY;
            h.emptyContentBeside = true;
            h.head = When.EVERY;
            h.extras = When.EVERY;
            h.reasoning = Reasoning.REASONING;
            h.finish = Finish.TWICE;
            h.usage = UsageAt.FINISH;
            h.nullFinish = true;
            h.nullExtras = true;
        }

        @Override
        void adapt(ObjectNode answer, Rng rng) {
            answer.put("provider", "Fireworks");
            answer.get("choices").forEach(choice -> ((ObjectNode) choice).put("native_finish_reason", "end_turn"));
        }
    },
    DEEPSEEK {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.nullsBeside = true;
            h.reasoning = Reasoning.REASONING_CONTENT;
            h.usage = UsageAt.FINISH;
            h.mixed = false;
        }
    },
    GEMINI {
        @Override
        void set(Habits h, Rng rng) {
            h.role = When.EVERY;
            h.calls = rng.pick(Calls.WHOLE, Calls.WHOLE_TOGETHER);
            h.callIndex = Index.NONE;
            h.usage = UsageAt.EVERY;
            h.finish = rng.pick(Finish.WITH_LAST, Finish.TWICE);
        }
    },
    MISTRAL {
        @Override
        void set(Habits h, Rng rng) {
            h.calls = rng.pick(Calls.WHOLE, Calls.WHOLE_TOGETHER);
            h.callIndex = Index.ZERO;
            h.contentList = true;
            h.reasoning = Reasoning.CONTENT_LIST;
            h.finish = Finish.WITH_LAST;
            h.usage = UsageAt.FINISH;
            h.padding = "p";
        }

        @Override
        void adapt(ObjectNode answer, Rng rng) {
            for (JsonNode choice : answer.get("choices")) {
                for (JsonNode call : choice.path("message").path("tool_calls")) {
                    ((ObjectNode) call).put("id", Texts.word(rng, "m"));
                }
            }
        }
    },
    PERPLEXITY {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.role = When.EVERY;
            h.extras = When.EVERY;
            h.head = When.EVERY;
            h.usage = UsageAt.EVERY;
            h.wholeSoFar = true;
            h.finish = Finish.WITH_LAST;
            h.done = false;
        }

        @Override
        void adapt(ObjectNode answer, Rng rng) {
            Extras.perplexity(rng, answer);
        }
    },
    VLLM {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.usage = UsageAt.EVERY;
            h.nullExtras = true;
            h.finish = Finish.WITH_LAST;
            h.reasoning = rng.pick(Reasoning.REASONING, Reasoning.REASONING_CONTENT);
        }
    },
    SNOWFLAKE {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.role = When.EVERY;
            h.head = When.NEVER;
            h.nullsBeside = true;
            h.finish = Finish.NEVER;
            h.usage = UsageAt.OWN_CHUNK;
            h.done = true;
        }

        @Override
        void adapt(ObjectNode answer, Rng rng) {
            answer.remove("id");
            answer.remove("created");
            answer.get("choices").forEach(choice -> ((ObjectNode) choice).put("finish_reason", "stop"));
        }
    },
    LITELLM {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.reasoning = Reasoning.REASONING_CONTENT;
            h.nullsBeside = rng.chance(0.5);
        }
    },
    MOONSHOT {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.usage = UsageAt.CHOICE;
            h.finish = Finish.OWN;
        }
    },
    /** No pieces at all: the whole completion is the one event of the stream. */
    WHOLE,
    /** No index anywhere: one choice, and at most one call, in pieces. */
    BARE {
        @Override
        void set(Habits h, Rng rng) {
            pieces(h);
            h.callId = When.FIRST;
            h.callName = When.FIRST;
            h.callIndex = Index.NONE;
            h.choiceIndex = false;
        }

        @Override
        void adapt(ObjectNode answer, Rng rng) {
            ArrayNode choices = (ArrayNode) answer.get("choices");
            while (choices.size() > 1) {
                choices.remove(1);
            }
            if (choices.get(0).path("message").get("tool_calls") instanceof ArrayNode calls) {
                while (calls.size() > 1) {
                    calls.remove(1);
                }
            }
        }
    };

    /** Sets the habits it is known for. */
    void set(Habits habits, Rng rng) {}

    /** Makes the answer one of this provider. */
    void adapt(ObjectNode answer, Rng rng) {}

    private static void pieces(Habits habits) {
        habits.calls = Calls.PIECES;
        habits.callIndex = Index.RIGHT;
    }
}
