package dev.thalweg.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bench/profile}: a load under Flight Recorder, and what the recording says. */
final class Profile {
    private static final int WARM_UP_SECONDS = 20;
    private static final int PROMPTS_A_SECOND = 300;
    private static final List<String> VIEWS = List.of("cpu-time-hot-methods", "hot-methods", "gc-pauses");

    private Profile() {}

    static void main(List<String> args) throws Exception {
        String what = args.get(0);
        int seconds = args.size() > 1 ? Integer.parseInt(args.get(1)) : 20;
        try (Stage stage = new Stage("auto", false)) {
            Gateway gateway = Gateway.start(stage, "profiled", Scene.MAIN_OPTIONS);
            String pid = Long.toString(gateway.process().pid());
            Path recording = stage.directory.resolve("gateway.jfr");
            load(stage, gateway, what, WARM_UP_SECONDS);
            tool("jcmd", pid, "JFR.start", "name=bench", "settings=profile", "jdk.CPUTimeSample#enabled=true");
            load(stage, gateway, what, seconds);
            tool("jcmd", pid, "JFR.stop", "name=bench", "filename=" + recording);
            System.out.println(Stacks.cpu().of(recording));
            System.out.println(Stacks.allocation().of(recording));
            for (String view : VIEWS) {
                System.out.println(
                        tool("jfr", "view", "--width", "150", "--truncate", "beginning", view, recording.toString()));
            }
        }
    }

    private static void load(Stage stage, Gateway gateway, String what, int seconds) throws Exception {
        switch (what) {
            case "stream" -> {
                byte[] request = Scene.request(Subject.GATEWAY, "stream-100-10", Tls.NONE, null);
                int events = Scene.events(Subject.GATEWAY, 100);
                FailedWindow.sound(new Load(gateway.port(), request, 200, seconds, 1000, events).run());
            }
            case "prompt" -> {
                byte[] request = Scene.request(Subject.GATEWAY, "json", Tls.NONE, PromptsRow.prompt(400_000));
                FailedWindow.sound(new Load(gateway.port(), request, 1, seconds * PROMPTS_A_SECOND, 0, 0).run());
            }
            default -> {
                String body = Scene.body(Subject.GATEWAY, "json", Tls.NONE, null);
                Wrk.start(stage, gateway.address(), body, 32, true, seconds).waitFor();
            }
        }
    }

    private static String tool(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", name).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + said.strip());
        }
        return said;
    }
}
