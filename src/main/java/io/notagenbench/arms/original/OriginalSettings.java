package io.notagenbench.arms.original;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.generate.GenerationSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings for the driver of the original, sent as JSON when it starts.
 *
 * @param checkout    folder of the original's sources
 * @param weights     checkpoint file
 * @param patchLayers layers of the patch-level decoder
 * @param charLayers  layers of the char-level decoder
 * @param hidden      hidden size
 * @param rows        rows of the patch-level position table
 * @param patchLength context window in patches
 * @param threads     of an operator
 * @param topK        of the sampling
 * @param topP        of the sampling
 * @param temperature of the sampling
 * @param seed        of numpy's global random numbers
 * @param prompt      lines with their newlines
 */
public record OriginalSettings(String checkout, String weights, int patchLayers, int charLayers, int hidden, int rows,
        int patchLength, int threads, int topK, double topP, double temperature, long seed, List<String> prompt) {

    public static OriginalSettings of(Path checkout, Path weights, ModelConfig config, GenerationSettings settings,
            int threads) {
        return new OriginalSettings(checkout.toAbsolutePath().toString(), weights.toAbsolutePath().toString(),
                config.patchLayers(), config.charLayers(), config.hidden(), config.rows(), settings.patchLength(),
                threads, settings.sampling().topK(), settings.sampling().topP(), settings.sampling().temperature(),
                settings.seed(), settings.prompt().lines());
    }
}
