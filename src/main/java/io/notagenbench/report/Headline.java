package io.notagenbench.report;

import io.notagenbench.document.TableCell;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Preset;
import io.notagenbench.params.Recordings;
import io.notagenbench.results.CellRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What people come for, in one sentence: how long the piece of the published test takes on this machine. */
final class Headline {

    private static final Comparator<PieceResult> BY_TIME = Comparator.comparingDouble(PieceResult::seconds);

    private Headline() {
    }

    /** The sentence; empty where the piece was not measured. */
    static String of(RunResults run) {
        List<PieceResult> pieces = PieceResult.of(run).stream().filter(PieceResult::isSound)
                .filter(piece -> piece.value(Parameter.WORK).equals(Recordings.CHOPIN))
                .filter(piece -> piece.value(Parameter.PATCH_LENGTH).equals(Defaults.PATCH_LENGTH)).toList();
        Optional<String> model = pieces.stream().filter(piece -> !piece.value(Parameter.MODEL).equals(Defaults.MODEL))
                .max(Comparator.comparing(PieceResult::isOfPublishedSize)).map(piece -> piece.value(Parameter.MODEL));
        return model.map(name -> sentence(pieces.stream().filter(piece -> piece.value(Parameter.MODEL).equals(name)).toList(), name))
                .orElseGet(() -> absence(run));
    }

    private static String sentence(List<PieceResult> pieces, String model) {
        List<String> answers = new ArrayList<>();
        pieces.stream().filter(PieceResult::isExact).min(BY_TIME)
                .ifPresent(best -> answers.add(time(best) + " on this machine, exact (" + best.arm() + ")"));
        pieces.stream().filter(piece -> !piece.isExact()).min(BY_TIME).ifPresent(best -> answers.add(time(best) + " in "
                + best.value(Parameter.PRECISION) + " (" + best.arm() + "; "
                + (best.loss().isEmpty() ? "what it loses is not known" : "it loses " + best.loss()) + ")"));
        AnswerSection.baseline(pieces).ifPresent(original -> answers.add("the original's way: " + time(original) + " ("
                + original.arm() + ")"));
        if (pieces.get(0).isOfPublishedSize()) {
            answers.add("the published test: " + PublishedTest.range());
        }
        OptionalDouble patches = pieces.get(0).patches();
        return "A piece of " + (patches.isPresent() ? TableCell.number(patches.getAsDouble()) + " patches" : "the published kind")
                + " (Chopin, Op. 6 No. 2) with " + name(model) + ": " + String.join("; ", answers) + ".";
    }

    private static String name(String model) {
        return Preset.named(model).map(preset -> "the " + preset.label() + " model").orElse("model=" + model);
    }

    private static String time(PieceResult piece) {
        OptionalDouble error = piece.error();
        return TableCell.number(piece.seconds()) + " s" + (error.isPresent()
                ? " ± " + TableCell.number(100 * error.getAsDouble()) + " %" : "");
    }

    /** Why there is no such sentence though it was asked for. */
    private static String absence(RunResults run) {
        return run.rowsOf(Measurements.STRETCH).stream().filter(row -> row.outcome() != Outcome.OK)
                .filter(row -> !model(row).equals(Defaults.MODEL)).findFirst()
                .map(row -> "How long a piece takes with " + name(model(row)) + " is not known: " + row.cell().label() + " ended as "
                        + row.outcome() + ". " + row.reason()).orElse("");
    }

    private static String model(CellRow row) {
        return row.params().getOrDefault(Parameter.MODEL.label(), Defaults.MODEL);
    }
}
