package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import io.notagenbench.engine.onnx.graph.GraphForm;
import java.nio.ByteBuffer;

/** Which positions the rows of a call see: those before them and their own. */
final class CausalMask {

    private static final short HALF_NEGATIVE_INFINITY = (short) 0xFC00;

    private final DecoderLevel level;
    private final GraphForm form;
    private final ByteBuffer mask;

    /** @param room positions of the level */
    CausalMask(DecoderLevel level, GraphForm form, int room) {
        this.level = level;
        this.form = form;
        mask = level.memory((long) room * (form.front() + room)).bytes();
    }

    /** Of a call with {@code count} rows behind {@code from} positions; to be closed. */
    OnnxTensor of(int from, int count) {
        int front = form.front();
        int seen = front + from + count;
        for (int row = 0; row < count; row++) {
            for (int place = 0; place < seen; place++) {
                hide(row * seen + place, place < front || place > front + from + row);
            }
        }
        return level.tensor(mask, form.values(), count, seen);
    }

    private void hide(int element, boolean hidden) {
        if (form.values() == Type.FLOAT) {
            mask.putFloat(element * Float.BYTES, hidden ? Float.NEGATIVE_INFINITY : 0);
        } else {
            mask.putShort(element * Short.BYTES, hidden ? HALF_NEGATIVE_INFINITY : 0);
        }
    }
}
