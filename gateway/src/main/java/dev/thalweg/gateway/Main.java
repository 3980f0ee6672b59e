package dev.thalweg.gateway;

import dev.thalweg.gateway.server.WarmUp;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code thalweg} command. */
@Command(
        name = "thalweg",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "One door in front of every LLM provider.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            ChatCommand.class,
            CheckCommand.class,
            RouteCommand.class,
            ModelsCommand.class
        },
        footer = {
            "",
            "First steps:",
            "  thalweg serve                       the demo model, and providers whose key is set",
            "  thalweg chat                        talk to it, in another terminal",
            "  thalweg check config.yaml           what a configuration means, before it is served",
            "  thalweg serve --config config.yaml  what the file says",
            "  thalweg route gpt-4o-mini           where a request would go now, and why",
            "  thalweg models --provider openai    what is known of models: limits and prices",
            "",
            "THALWEG_JAVA_OPTS: options for the JVM, say -Xmx1g. THALWEG_START_CACHE=off: no start cache."
        })
public final class Main {
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private Main() {}

    /** Runs the command and leaves with its exit code. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("serve")) {
            WarmUp.begin(); // the command line takes as long to read as this to load
        }
        logInLines();
        System.exit(run(args));
    }

    /** What libraries and the gateway log has a line each, unless whoever starts this wants it otherwise. */
    private static void logInLines() {
        boolean configured = Stream.of(LOG_FORMAT, "java.util.logging.config.file", "java.util.logging.config.class")
                .anyMatch(name -> System.getProperty(name) != null);
        if (!configured) {
            System.setProperty(LOG_FORMAT, "%1$tFT%1$tT%1$tz %4$s %5$s%6$s%n");
        }
    }

    /** Runs the command: 0 done, 1 failed, 2 not understood. */
    static int run(String... args) {
        return command().execute(args);
    }

    /** The command, which writes to the standard streams unless told otherwise. */
    static CommandLine command() {
        CommandLine command = new CommandLine(new Main());
        return command.setExecutionStrategy(result -> {
            if (!result.hasSubcommand() && !result.isUsageHelpRequested() && !result.isVersionHelpRequested()) {
                command.usage(command.getErr());
                return 2;
            }
            return new CommandLine.RunLast().execute(result);
        });
    }

    /** The version this was built as. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"thalweg " + (version == null ? "(not packaged)" : version)};
        }
    }
}
