package dev.thalweg.gateway;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.ConfigReport;
import dev.thalweg.config.ConfigResult;
import dev.thalweg.config.Strictness;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg check FILE}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Says what a configuration file means, or every mistake in it with its line.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the file can be served", "1:the file has mistakes", "2:the command line has mistakes"},
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Environment:",
            "  what the file names with os.environ/NAME has to be set: check fails where it is not",
            "",
            "Example:",
            "  thalweg check config.yaml"
        })
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A configuration file, LiteLLM's or Thalweg's.")
    private Path file = Path.of("config.yaml");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConfigResult result = ConfigLoader.load(file, System.getenv(), Strictness.CHECK);
        spec.commandLine().getOut().print(ConfigReport.text(result));
        spec.commandLine().getOut().flush();
        return result instanceof ConfigResult.Loaded ? 0 : 1;
    }
}
