package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.TokenEstimator;
import dev.thalweg.model.ChatRequest;

/**
 * Estimates how many tokens a chat request's prompt has: the texts of its messages, the calls and definitions of tools, a
 * schema for the answer, and what frames them. One pass, no tree, no copy; within the error of {@link TokenEstimator}.
 */
public final class PromptEstimate {
    /** What OpenAI documents for a picture of 1024 × 1024 in full detail; audio and files are taken for one picture. */
    static final int ATTACHMENT_TOKENS = 765;

    private static final int MESSAGE_TOKENS = 3;
    private static final int ROLE_TOKENS = 1;
    private static final int PRIMING_TOKENS = 3;

    /** Models are told how to call tools, once for all of them: in recorded answers 10 to 120 tokens. */
    private static final int TOOLS_TOKENS = 40;

    /** How providers differ in what is sent is never in the prompt. */
    private static final Provider ANY_PROVIDER = Providers.all().get(0);

    private final TokenEstimator tokens = new TokenEstimator();
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText text = new JsonText();

    private PromptEstimate() {}

    /**
     * The estimate for the request in these bytes. A body that is not JSON, or nested deeper than {@value
     * JsonCursor#DEFAULT_DEPTH}, counts as far as it can be read; whatever is not shaped as expected counts nothing.
     */
    public static long ofRequest(byte[] array, int offset, int length) {
        PromptEstimate estimate = new PromptEstimate();
        estimate.cursor.reset(array, offset, length);
        try {
            estimate.body();
        } catch (JsonSyntaxException e) {
            // Then it is what came before.
        }
        return estimate.tokens.tokens();
    }

    /** The estimate for this request, from what would be sent of it. */
    public static long ofRequest(ChatRequest request) {
        byte[] body = RequestWriter.write(request, ANY_PROVIDER, request.model(), false);
        return ofRequest(body, 0, body.length);
    }

    private void body() {
        if (!entersObject()) {
            return;
        }
        tokens.addTokens(PRIMING_TOKENS);
        while (cursor.nextMember()) {
            if (cursor.keyIs("messages")) {
                messages();
            } else if (cursor.keyIs("tools") || cursor.keyIs("functions")) {
                tokens.addTokens(cursor.peek() == '[' ? TOOLS_TOKENS : 0);
                namesAndTexts();
            } else if (cursor.keyIs("response_format")) {
                namesAndTexts();
            } else if (cursor.keyIs("prompt")) {
                string();
            } else {
                cursor.skip();
            }
        }
    }

    private void messages() {
        if (!entersArray()) {
            return;
        }
        while (cursor.nextElement()) {
            if (entersObject()) {
                tokens.addTokens(MESSAGE_TOKENS + ROLE_TOKENS);
                message();
            }
        }
    }

    private void message() {
        while (cursor.nextMember()) {
            if (cursor.keyIs("content")) {
                content();
            } else if (cursor.keyIs("name") || cursor.keyIs("refusal")) {
                string();
            } else if (cursor.keyIs("tool_calls")) {
                calls();
            } else if (cursor.keyIs("function_call")) {
                call();
            } else {
                cursor.skip();
            }
        }
    }

    private void content() {
        if (cursor.peek() != '[') {
            string();
            return;
        }
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (entersObject()) {
                part();
            }
        }
    }

    private void part() {
        while (cursor.nextMember()) {
            if (cursor.keyIs("text") || cursor.keyIs("refusal")) {
                string();
            } else {
                if (isAttachment()) {
                    tokens.addTokens(ATTACHMENT_TOKENS);
                }
                cursor.skip();
            }
        }
    }

    private boolean isAttachment() {
        return cursor.keyIs("image_url")
                || cursor.keyIs("input_audio")
                || cursor.keyIs("file")
                || cursor.keyIs("video_url");
    }

    private void calls() {
        if (!entersArray()) {
            return;
        }
        while (cursor.nextElement()) {
            if (entersObject()) {
                while (cursor.nextMember()) {
                    if (cursor.keyIs("function") || cursor.keyIs("custom")) {
                        call();
                    } else {
                        cursor.skip();
                    }
                }
            }
        }
    }

    private void call() {
        if (!entersObject()) {
            return;
        }
        tokens.addTokens(TokenEstimator.TOOL_CALL_TOKENS);
        while (cursor.nextMember()) {
            if (cursor.keyIs("name") || cursor.keyIs("arguments") || cursor.keyIs("input")) {
                string();
            } else {
                cursor.skip();
            }
        }
    }

    /** A definition reaches the model rewritten, with less punctuation than JSON: what stays is names and texts. */
    private void namesAndTexts() {
        switch (cursor.peek()) {
            case '{' -> {
                cursor.enterObject();
                while (cursor.nextMember()) {
                    tokens.add(cursor.key());
                    namesAndTexts();
                }
            }
            case '[' -> {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    namesAndTexts();
                }
            }
            default -> string();
        }
    }

    private void string() {
        if (cursor.textOrSkip(text) != null) {
            tokens.add(text);
        }
    }

    /** Steps into the object ahead, or over anything else. */
    private boolean entersObject() {
        if (cursor.peek() != '{') {
            cursor.skip();
            return false;
        }
        cursor.enterObject();
        return true;
    }

    private boolean entersArray() {
        if (cursor.peek() != '[') {
            cursor.skip();
            return false;
        }
        cursor.enterArray();
        return true;
    }
}
