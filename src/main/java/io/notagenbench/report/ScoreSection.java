package io.notagenbench.report;

import io.notagenbench.document.Block;
import io.notagenbench.document.Facts;
import io.notagenbench.document.Score;
import io.notagenbench.document.Section;
import io.notagenbench.document.TableCell;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.PieceCounters;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece that the fastest exact setting wrote, beside its numbers. */
final class ScoreSection {

    private ScoreSection() {
    }

    static Section of(RunResults run) {
        Map<Map<String, String>, List<PieceResult>> questions = PieceResult.byQuestion(PieceResult.whole(run));
        Optional<PieceResult> fastest = questions.values().stream().findFirst().flatMap(pieces -> pieces.stream()
                .filter(piece -> piece.isExact() && piece.isSound()).min(Comparator.comparingDouble(PieceResult::seconds)));
        List<Block> blocks = fastest.flatMap(piece -> run.folder().piece(piece.row().number()).map(abc -> blocks(piece, abc)))
                .orElse(List.of());
        return Section.of(run.id("score"), "A piece that was measured", blocks);
    }

    private static List<Block> blocks(PieceResult piece, String abc) {
        PieceCounters counted = piece.measurement().mean(PieceCounters.class);
        return List.of(new Facts(List.of(
                new Facts.Fact("Written in", TableCell.number(piece.seconds()) + " s, in the mean, by " + piece.arm() + " with model="
                        + piece.value(Parameter.MODEL)),
                new Facts.Fact("Length", TableCell.number(counted.patches) + " patches, " + TableCell.number(counted.chars)
                        + " characters, " + TableCell.number(counted.bars) + " bars, " + TableCell.number(counted.musicSeconds)
                        + " s of music"))), new Score("", abc));
    }
}
