package dev.thalweg.gateway;

import dev.thalweg.gateway.server.WarmUp;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code thalweg} command. */
@Command(
        name = "thalweg",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "One door in front of every LLM provider.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ServeCommand.class, ChatCommand.class, CheckCommand.class},
        footer = {
            "",
            "First steps:",
            "  thalweg serve                       the demo model, and providers whose key is set",
            "  thalweg chat                        talk to it, in another terminal",
            "  thalweg check config.yaml           what a configuration means, before it is served",
            "  thalweg serve --config config.yaml  what the file says",
            "",
            "THALWEG_JAVA_OPTS: options for the JVM, say -Xmx1g. THALWEG_START_CACHE=off: no start cache."
        })
public final class Main {
    private Main() {}

    /** Runs the command and leaves with its exit code. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("serve")) {
            WarmUp.begin(); // the command line takes as long to read as this to load
        }
        System.exit(run(args));
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
