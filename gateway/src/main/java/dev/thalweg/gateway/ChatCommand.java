package dev.thalweg.gateway;

import dev.thalweg.gateway.terminal.Chat;
import dev.thalweg.gateway.terminal.ChatOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg chat}. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {
            "Talks to a model in the terminal. With a PROMPT, or with text on standard input, it prints one answer and"
                    + " leaves; with both, the text follows the prompt.",
            "",
            "Whom it asks, whichever comes first: --base-url, THALWEG_BASE_URL, a gateway on http://127.0.0.1:8000, the"
                    + " provider whose key is in the environment."
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the answer is complete, or the conversation was left",
            "1:the answer failed, or there is nobody to ask",
            "2:the command line has mistakes",
            "130:interrupted by Ctrl-C while the one answer came"
        },
        footer = {
            "",
            "Environment:",
            "  THALWEG_BASE_URL          a gateway to ask",
            "  THALWEG_API_KEY           its key, where it wants one",
            "  OPENAI_API_KEY and such   the key of a provider, to ask it directly",
            "  NO_COLOR                  no colours, as --no-color",
            "",
            "Examples:",
            "  thalweg chat",
            "  thalweg chat \"Why is the sky blue?\"",
            "  git diff | thalweg chat \"Write a commit message for this change\"",
            "  thalweg chat --model groq/llama-3.3-70b-versatile --system \"Answer in one sentence\"",
            "  thalweg chat --base-url http://localhost:11434 --model llama3.2"
        })
final class ChatCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "PROMPT", description = "One question. Without it, a conversation.")
    private @Nullable String prompt;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model to ask. Default: the first that the server lists, or a small one of the provider.")
    private @Nullable String model;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "The gateway, or another OpenAI-compatible server, to ask; with or without /v1.")
    private @Nullable String baseUrl;

    @Option(
            names = "--api-key-env",
            paramLabel = "VARIABLE",
            description = "The environment variable that holds the key. Default: THALWEG_API_KEY for a gateway, the"
                    + " provider's own for a provider. A key is never an argument: others could see it.")
    private @Nullable String keyVariable;

    @Option(
            names = {"-s", "--system"},
            paramLabel = "TEXT",
            description = "How the model should behave.")
    private @Nullable String system;

    @Option(
            names = {"-t", "--temperature"},
            paramLabel = "NUMBER",
            description = "How freely the model chooses words, usually 0 to 2. Default: the model's own.")
    private @Nullable Double temperature;

    @Option(
            names = "--max-tokens",
            paramLabel = "NUMBER",
            description = "The longest answer, in tokens. Default: the model's own.")
    private @Nullable Integer maxTokens;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description =
                    "Keeps what is typed in this file, which only you can read, for the next time. Default: nowhere.")
    private @Nullable Path history;

    @Option(names = "--no-color", description = "No colours. There are none anyway where the output is no terminal.")
    private boolean noColour;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (maxTokens != null && maxTokens < 1) {
            throw new ParameterException(spec.commandLine(), "--max-tokens " + maxTokens + ": at least 1.");
        }
        if (temperature != null && !Double.isFinite(temperature)) {
            throw new ParameterException(spec.commandLine(), "--temperature " + temperature + ": a number, 0 to 2.");
        }
        ChatOptions options = new ChatOptions(
                prompt, model, baseUrl, keyVariable, system, temperature, maxTokens, !noColour, history);
        return Chat.run(options, System.getenv(), spec.commandLine().getErr());
    }
}
