package io.notagenbench.engine.onnx;

/** Keys and values of one level between its calls, and which of them a row of a call sees. */
interface KeyValues {

    /** Makes the inputs of a call with {@code count} new rows behind {@code from} cached ones. */
    void bindInputs(int from, int count);

    /** Makes the outputs of such a call, which are kept. */
    void bindOutputs(int from, int count);

    /** Leaves what a call makes where it was made: it is not kept. */
    void noOutputs();

    /** A call has ended. */
    void release();
}
