package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.SettingPlaces;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The names of what is said in {@code options}, and of what stands beside it. */
final class Options {
    /** Options that no other protocol has a word for. */
    static final Set<String> OWN = Set.of(
            "num_ctx",
            "num_batch",
            "num_gpu",
            "main_gpu",
            "num_thread",
            "num_keep",
            "numa",
            "low_vram",
            "f16_kv",
            "logits_all",
            "vocab_only",
            "use_mmap",
            "use_mlock",
            "min_p",
            "tfs_z",
            "typical_p",
            "repeat_last_n",
            "repeat_penalty",
            "mirostat",
            "mirostat_tau",
            "mirostat_eta",
            "penalize_newline");

    /** Options that the vocabulary has a word for. */
    static final Set<String> SHARED = Set.of(
            "num_predict", "temperature", "top_p", "top_k", "seed", "stop", "frequency_penalty", "presence_penalty");

    /** Fields beside the options that no other protocol has a word for. */
    static final Set<String> BESIDE = Set.of("keep_alive", "truncate", "shift");

    /** Settings by their names here or in chat completions. */
    static final SettingPlaces SETTINGS = settings();

    private Options() {}

    private static SettingPlaces settings() {
        Map<String, String> table = new HashMap<>();
        Stream.concat(OWN.stream(), SHARED.stream()).forEach(name -> table.put(name, "options." + name));
        table.put("max_tokens", "options.num_predict");
        table.put("max_completion_tokens", "options.num_predict");
        return SettingPlaces.of(table);
    }
}
