package dev.thalweg.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code bench/run}. */
final class Run {
    private static final double BUSY = 1.5;

    private Run() {}

    static void main(Options options) throws Exception {
        Map<String, String> machine = Machine.describe(Processors.available());
        if (Proc.load() > BUSY) {
            System.err.println("bench: this machine is busy (load " + Proc.load() + "): do not quote these numbers");
        }
        List<Measure> measures = new ArrayList<>();
        try (Stage stage = new Stage(options.transport(), options.keep())) {
            Scene scene = Scene.start(stage);
            new Check(scene).all(Tls.NONE);
            if (options.rows().contains("tls")) {
                new Check(scene).all(Tls.UPSTREAM);
            }
            System.err.println("bench: every way gives the whole answer; the gateway hides and records its usage");
            for (String name : options.rows()) {
                System.err.println("bench: measuring " + name);
                measures.addAll(row(name, new Bed(scene, options.rounds(), options.quick())));
            }
        }
        machine.put("load average after", Double.toString(Proc.load()));
        machine.put("transport", options.transport());
        machine.put("rounds", options.rounds() + (options.quick() ? ", quick: not to be quoted" : ""));
        Results results = new Results(machine, measures);
        Path directory = Files.createDirectories(Stage.HOME.resolve("bench/results"));
        Path file = directory.resolve(machine.getOrDefault("date", "undated").replace(":", "") + ".json");
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.write(file, json.writeValueAsBytes(results));
        System.out.println(Report.markdown(results));
        System.out.println("Written to " + file);
    }

    private static List<Measure> row(String name, Bed bed) throws Exception {
        Measures out = new Measures(name);
        double machine = Proc.machineCpuSeconds();
        double own = Proc.cpuSeconds(ProcessHandle.current());
        long start = System.nanoTime();
        for (Row row : rows(name)) {
            row.measure(bed, out);
        }
        double others = Proc.machineCpuSeconds() - machine - (Proc.cpuSeconds(ProcessHandle.current()) - own);
        return out.taken(Math.max(0, others) * 1e9 / (System.nanoTime() - start));
    }

    private static List<Row> rows(String name) {
        return switch (name) {
            case "start" -> List.of(new StartRow());
            case "json" -> List.of(new JsonRow(Tls.NONE));
            case "stream" -> List.of(new StreamRow(Tls.NONE));
            case "tls" -> List.of(new JsonRow(Tls.UPSTREAM), new StreamRow(Tls.UPSTREAM));
            case "tls-callers" -> List.of(new CallersTlsRow());
            case "features" -> List.of(new FeaturesRow());
            case "translated" -> List.of(new TranslatedRow());
            case "failover" -> List.of(new FailoverRow());
            case "prompts" -> List.of(new PromptsRow());
            case "slow" -> List.of(new SlowRow());
            case "idle" -> List.of(new IdleRow());
            case "warmup" -> List.of(new WarmupRow());
            default -> throw new IllegalArgumentException("there is no row '" + name + "'");
        };
    }
}
