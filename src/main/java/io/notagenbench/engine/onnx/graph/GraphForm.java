package io.notagenbench.engine.onnx.graph;

import io.notagenbench.engine.LevelSchemes;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Precision;
import io.notagenbench.quantisation.GroupScheme;
import java.util.Optional;

/**
 * How the graphs of a model are built.
 *
 * @param target    who is to run them
 * @param precision of weights and arithmetic
 * @param caches    how keys and values go in and out
 */
public record GraphForm(GraphTarget target, Precision precision, CacheForm caches) {

    /** Symmetric: with 256 steps, zero points change nothing that is lost. */
    private static final GroupScheme INT8_OF_CARDS = new GroupScheme(8, 64, false, 0);

    /** In groups of 32 less is lost, but their kernel takes a third longer: docs/exactness.md. */
    private static final GroupScheme INT4_OF_PROCESSORS = new GroupScheme(4, 128, true, 8);

    /** The char level, where most of int4's loss arises, in int8. */
    private static final LevelSchemes MIXED = new LevelSchemes(INT4_OF_PROCESSORS, GroupScheme.COLUMNS);

    /**
     * The form of graphs that are called step by step.
     *
     * @param place of keys and values between two calls, where that is not the main memory of the CPU
     */
    public static GraphForm of(GraphTarget target, Precision precision, CachePlacement place) {
        CacheForm onCard = place == CachePlacement.DEVICE ? CacheForm.GROWN : CacheForm.ROWS;
        return new GraphForm(target, precision, target == GraphTarget.CPU ? CacheForm.SHARED : onCard);
    }

    /** The form of a loop whose single step has this form. */
    public GraphForm inLoop() {
        return new GraphForm(target, precision, caches == CacheForm.SHARED ? CacheForm.SHARED : CacheForm.GROWN);
    }

    /** How the weights of linear layers are rounded in a precision; empty where they are not. */
    public static Optional<LevelSchemes> schemes(Precision precision, boolean onCpu) {
        return switch (precision) {
            case INT8 -> Optional.of(LevelSchemes.both(onCpu ? GroupScheme.COLUMNS : INT8_OF_CARDS));
            case INT4 -> Optional.of(LevelSchemes.both(onCpu ? INT4_OF_PROCESSORS : GroupScheme.INT4));
            case MIXED -> Optional.of(MIXED);
            case FP32, TF32, BF16, FP16 -> Optional.empty();
        };
    }

    /** How the weights of linear layers are rounded; empty where they are not. */
    public Optional<LevelSchemes> schemes() {
        return schemes(precision, target == GraphTarget.CPU);
    }

    /** Whether graphs have standard ONNX operators only, and no sizes of 0. */
    public boolean plain() {
        return target == GraphTarget.TENSORRT;
    }

    /** Rows of zeros in front of the past, so that it is never empty; the mask hides them. */
    public int front() {
        return plain() ? 1 : 0;
    }

    /** The first dimension: pieces that are decoded together. */
    Object pieces() {
        return plain() ? 1 : "pieces";
    }

    /** Type of activations, keys and values, and of weights that are not quantised. */
    public Type values() {
        return precision == Precision.FP16 ? Type.FLOAT16 : Type.FLOAT;
    }
}
