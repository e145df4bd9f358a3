package io.notagenbench.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.abc.Prompt;
import io.notagenbench.fault.Outcome;
import io.notagenbench.sampling.SamplerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A piece that the original wrote with the tiny checkpoint. Those named prompt-* are what its {@code inference_patch} wrote,
 * given no prompt lines or those of a file.
 */
public record ReferenceText(
        Params params, String raw, String abc, int patchCount, int cuts, Outcome outcome, boolean ended, double margin,
        boolean usesOurRules) {

    private static final Path FOLDER = Path.of("src/test/resources/texts");

    public record Params(
            String prompt, int patchLength, int topK, double topP, double temperature, long seed, int patches) {
    }

    public GenerationSettings settings() {
        return new GenerationSettings(Prompt.parse(params.prompt()), params.patchLength(),
                new SamplerSettings(params.topK(), params.topP(), params.temperature()), params.seed(),
                params.patches(), Optional.empty(), GenerationSettings.TIME_LIMIT);
    }

    public static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ReferenceText load(String name) {
        try {
            return new ObjectMapper().readValue(FOLDER.resolve(name + ".json").toFile(), ReferenceText.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
