package dev.thalweg.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Installs the libraries of other languages under {@code target}. What this machine lacks (a runtime, a registry that
 * answers) is {@link Unavailable}; everything else that goes wrong, such as a lockfile that does not fit, is a failure.
 */
final class Setup {
    private static final Path SOURCES = Path.of("src", "test");
    private static final Path TARGET = Path.of("target");
    private static final Pattern NPM_CODE = Pattern.compile("npm (?:error|ERR!) code (\\w+)");
    private static final List<String> NPM_OFFLINE = List.of(
            "ENOTFOUND",
            "EAI_AGAIN",
            "ECONNREFUSED",
            "ECONNRESET",
            "ETIMEDOUT",
            "ENETUNREACH",
            "EHOSTUNREACH",
            "ENOTCACHED",
            "ERR_SOCKET_TIMEOUT");
    private static final Pattern PIP_OFFLINE =
            Pattern.compile("connection broken by|NewConnectionError|NameResolutionError|ReadTimeoutError|ProxyError");
    private static final Pattern PIP_FOUND_NOTHING =
            Pattern.compile("(?m)^ERROR: (No matching distribution found|.*(Timeout|Connection|Network))");

    private Setup() {}

    static Driver node(String driver, String... arguments) throws IOException {
        Path directory = copy("node", "package.json", "package-lock.json", ".npmrc", "own.mjs", driver);
        int major = version(directory, "node", "v(\\d+)\\.");
        if (major < 20) {
            throw new Unavailable("Node " + major + " is older than 20");
        }
        if (!installed(directory, "package-lock.json", "node_modules/openai/package.json")) {
            npmCi(directory);
        }
        String[] command =
                Stream.concat(Stream.of("node", driver), Stream.of(arguments)).toArray(String[]::new);
        return new ProcessDriver(directory, command);
    }

    static void npmCi(Path directory) throws IOException {
        Tool.Run run = Tool.run(
                directory,
                "npm",
                "ci",
                "--prefer-offline",
                "--ignore-scripts",
                "--fetch-retries=1",
                "--fetch-timeout=30000");
        if (!run.ok()) {
            Matcher code = NPM_CODE.matcher(run.output());
            String why = "npm ci left with " + run.exit() + ":\n  " + run.tail();
            if (code.find() && NPM_OFFLINE.contains(code.group(1))) {
                throw new Unavailable("the npm registry does not answer. " + why);
            }
            throw new AssertionError(why);
        }
        markInstalled(directory, "package-lock.json");
    }

    static Driver python() throws IOException {
        Path directory = copy("python", "requirements.txt", "driver.py");
        int minor = version(directory, "python3", "Python 3\\.(\\d+)");
        if (minor < 10) {
            throw new Unavailable("Python 3." + minor + " is older than 3.10");
        }
        String python = directory.resolve("venv/bin/python").toAbsolutePath().toString();
        if (!installed(directory, "requirements.txt", "venv/bin/python")) {
            venv(directory);
            pip(directory, python);
        }
        return new ProcessDriver(directory, python, "driver.py");
    }

    private static void venv(Path directory) {
        Tool.Run run = Tool.run(directory, "python3", "-m", "venv", "--clear", "venv");
        if (!run.ok()) {
            String why = "python3 -m venv left with " + run.exit() + ":\n  " + run.tail();
            if (run.output().contains("ensurepip") || run.output().contains("No module named venv")) {
                throw new Unavailable("this Python comes without venv or pip. " + why);
            }
            throw new AssertionError(why);
        }
    }

    private static void pip(Path directory, String python) throws IOException {
        // Without retries first: where packages come from a local index beside one that cannot be reached, each package
        // would wait for the latter.
        Tool.Run run = pipInstall(directory, python, "0");
        if (!run.ok()) {
            run = pipInstall(directory, python, "2");
        }
        if (!run.ok()) {
            String why = "pip left with " + run.exit() + ":\n  " + run.tail();
            boolean offline = PIP_OFFLINE.matcher(run.output()).find();
            if (offline && PIP_FOUND_NOTHING.matcher(run.output()).find()) {
                throw new Unavailable("the package index does not answer. " + why);
            }
            throw new AssertionError(why);
        }
        markInstalled(directory, "requirements.txt");
    }

    private static Tool.Run pipInstall(Path directory, String python, String retries) {
        return Tool.run(
                directory,
                python,
                "-m",
                "pip",
                "--disable-pip-version-check",
                "--retries",
                retries,
                "--timeout",
                "20",
                "install",
                "-r",
                "requirements.txt");
    }

    private static int version(Path directory, String program, String pattern) {
        Tool.Run run = Tool.run(directory, program, "--version");
        Matcher version = Pattern.compile(pattern).matcher(run.output());
        if (!run.ok() || !version.find()) {
            throw new Unavailable("'" + program + " --version' left with " + run.exit() + ": " + run.tail());
        }
        return Integer.parseInt(version.group(1));
    }

    private static Path copy(String name, String... files) throws IOException {
        Path directory = Files.createDirectories(TARGET.resolve(name));
        for (String file : files) {
            Files.copy(
                    SOURCES.resolve(name).resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return directory;
    }

    /** Whether these very versions were installed by a run before. */
    private static boolean installed(Path directory, String versions, String product) throws IOException {
        Path stamp = directory.resolve("installed");
        return Files.exists(stamp)
                && Files.exists(directory.resolve(product))
                && Files.mismatch(stamp, directory.resolve(versions)) == -1;
    }

    private static void markInstalled(Path directory, String versions) throws IOException {
        Files.copy(directory.resolve(versions), directory.resolve("installed"), StandardCopyOption.REPLACE_EXISTING);
    }
}
