package io.notagenbench.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.Piece;
import io.notagenbench.params.Parameters;
import java.util.Map;

/**
 * What {@code generate --stats} writes about one piece.
 *
 * @param parameters          every parameter's value
 * @param modelHash           SHA-256 of the weights
 * @param engine              name and version of the inference engine
 * @param outcome             how it ended
 * @param reason              why, where it is not OK
 * @param ended               whether the model wrote the end patch
 * @param patches             generated patches, the end patch included
 * @param chars               characters of text in them
 * @param cuts                stream cuts
 * @param sampledChars        characters drawn, those that were dropped included
 * @param meanContext         patches in the context of the mean call
 * @param seconds             to the end of the piece, the model already loaded
 * @param secondsToFirstPatch to the first patch
 * @param secondsToFirstBar   to the first whole bar of music
 * @param patchesPerSecond    patches over seconds
 * @param loadSeconds         to start the engine and load the model
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GenerationStats(Map<String, String> parameters, String modelHash, String engine, Outcome outcome, String reason,
        boolean ended, int patches, int chars, int cuts, int sampledChars, double meanContext, double seconds,
        Double secondsToFirstPatch, Double secondsToFirstBar, double patchesPerSecond, double loadSeconds) {

    static GenerationStats of(Parameters parameters, String modelHash, String engine, Piece piece, double loadSeconds) {
        Piece.Work work = piece.work();
        Piece.Times times = piece.times();
        return new GenerationStats(parameters.asMap(), modelHash, engine, piece.outcome(), piece.reason().orElse(null),
                piece.ended(), work.patches(), work.chars(), work.cuts(), work.sampledChars(), work.meanContext(),
                times.total(), times.firstPatch().orElse(null), times.firstBar().orElse(null),
                work.patches() / times.total(), loadSeconds);
    }
}
