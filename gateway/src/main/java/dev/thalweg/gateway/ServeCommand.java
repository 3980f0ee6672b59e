package dev.thalweg.gateway;

import dev.thalweg.config.ConfigException;
import dev.thalweg.config.ConfigFile;
import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.Deployment;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.LocalDeployments;
import dev.thalweg.config.LocalServer;
import dev.thalweg.config.Notice;
import dev.thalweg.config.Strictness;
import dev.thalweg.gateway.server.GatewayServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thalweg serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Serves the models of a configuration file; without one, the demo model and every provider whose key"
                        + " is in the environment (OPENAI_API_KEY and the like).",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped by SIGTERM or Ctrl-C", "1:could not start", "2:the command line has mistakes"},
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Environment:",
            "  OPENAI_API_KEY and such   without a file: the providers that are served",
            "  THALWEG_MASTER_KEY        the key callers need; without it only this machine can call",
            "  XDG_STATE_HOME            where state belongs, for the request record",
            "",
            "Examples:",
            "  thalweg serve",
            "  thalweg serve --config config.yaml --port 4000",
            "  thalweg serve --discover            with what Ollama and the like have",
            "  thalweg chat                        in another terminal: talks to it"
        })
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration file, LiteLLM's or Thalweg's.")
    private @Nullable Path config;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Port to listen on; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
    private int port = 8000;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "Address to listen on; another than this machine's own needs a key. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the request record is written. Default: data_dir of the configuration, else"
                    + " $XDG_STATE_HOME/thalweg or ~/.local/state/thalweg.")
    private @Nullable Path data;

    @Option(
            names = "--no-reload",
            description = "Does not watch the configuration file for changes; SIGHUP still has it read again.")
    private boolean noReload;

    @Option(
            names = "--discover",
            description =
                    "Looks at the start for servers of models on this machine (Ollama, LM Studio, vLLM, llama.cpp,"
                            + " LocalAI, Jan and others, on their usual ports) and serves their models, too.")
    private boolean discover;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "--port " + port + ": a port is a number from 0 to 65535.");
        }
        Map<String, String> environment = System.getenv();
        ConfigFile file = config == null ? null : ConfigFile.read(config);
        GatewayConfig loaded;
        try {
            loaded = file == null
                    ? GatewayConfig.empty(environment)
                    : ConfigLoader.parse(file, environment, Strictness.SERVE).orThrow();
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return 1;
        }
        LocalDeployments local = new LocalDeployments(discovered(environment, err), environment);
        loaded = local.addTo(loaded);
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            err.println("--host " + host + ": this name is unknown; give an address of this machine.");
            return 1;
        }
        if (!loaded.requiresKey() && !address.isLoopbackAddress()) {
            err.println("--host " + host + " would open this gateway to other machines without a key. Set"
                    + " THALWEG_MASTER_KEY (or general_settings.master_key), or listen on 127.0.0.1.");
            return 1;
        }
        Path directory = DataDirectory.of(data, loaded.settings().dataDirectory(), environment);
        GatewayServer server;
        try {
            server = GatewayServer.start(
                    loaded,
                    new InetSocketAddress(address, port),
                    environment,
                    directory,
                    new FileOutputStream(FileDescriptor.out));
        } catch (UncheckedIOException e) {
            err.println("The request record cannot be written to " + directory + " (" + e.getCause()
                    + "). Choose another directory with --data DIR or general_settings.data_dir.");
            return 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 1;
        } catch (Exception e) {
            boolean taken = String.valueOf(e.getMessage()).contains("in use");
            err.println("Cannot listen on " + host + ":" + port + ": " + e.getMessage() + ". "
                    + (taken
                            ? "Another program uses the port; choose one with --port PORT."
                            : "Give an address of this machine with --host HOST, and a port with --port PORT."));
            return 1;
        }
        StopOnSignal.install(server, err);
        greet(loaded, server, directory, err);
        if (file == null || config == null) {
            ProcessSignal.handle("HUP", () -> err.println("SIGHUP: there is no configuration file to read again."));
        } else {
            reloadOnChange(config, new ConfigReloader(file, loaded, environment, local, server, err::println));
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private List<LocalServer> discovered(Map<String, String> environment, PrintWriter err) throws InterruptedException {
        if (!discover) {
            return List.of();
        }
        List<LocalServer> found = LocalDiscovery.usual(environment, port).find();
        found.forEach(server -> err.println(server.text()));
        return found;
    }

    private void greet(GatewayConfig loaded, GatewayServer server, Path directory, PrintWriter err) {
        for (Notice notice : loaded.notices()) {
            err.println(line(notice));
        }
        String models = loaded.deployments().stream()
                .filter(deployment -> deployment.disabled() == null)
                .map(Deployment::modelName)
                .distinct()
                .limit(12)
                .collect(Collectors.joining(", "));
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        err.println("Thalweg listens on " + (server.encrypts() ? "https://" : "http://") + shown + ":"
                + server.address().getPort() + " ("
                + server.transport() + ")"
                + (loaded.requiresKey() ? ", callers need a key" : ", no key needed: only this machine can call"));
        err.println("Models: " + (models.isEmpty() ? "none" : models));
        err.println("Request record: " + directory);
    }

    /** A notice as a line of the log. */
    static String line(Notice notice) {
        return (notice.kind() == Notice.Kind.DISABLED ? "WARNING " : "note    ") + notice.text();
    }

    private void reloadOnChange(Path path, ConfigReloader reloader) {
        ProcessSignal.handle("HUP", reloader::reload);
        // A pipe has been read, and holds nothing any more.
        if (!noReload && Files.isRegularFile(path)) {
            ConfigWatcher.start(reloader);
        }
    }
}
