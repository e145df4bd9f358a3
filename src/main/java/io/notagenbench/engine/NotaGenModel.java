package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;

/** A model loaded on its device. Closing it frees the native memory of its weights; its sessions are closed before. */
public interface NotaGenModel extends AutoCloseable {

    ModelConfig config();

    EngineSettings settings();

    /** Where it really is: {@code cpu}, or the name of the card and what it took there. */
    default String place() {
        return Device.CPU.label();
    }

    /**
     * A session with room for a context of {@code window} patches.
     *
     * @param window context window in patches, 1 to {@link ModelConfig#rows()}
     */
    EngineSession newSession(int window);

    /**
     * A session for pieces that are decoded together.
     *
     * @param slots  the most pieces
     * @param window context window of each in patches, 1 to {@link ModelConfig#rows()}
     * @throws io.notagenbench.fault.Fault (usage) if this model decodes one piece at a time
     */
    default BatchSession newBatch(int slots, int window) {
        BatchCheck.slots(slots, settings());
        throw new IllegalStateException("backend=" + settings().backend() + " accepts batches but does not override newBatch");
    }

    @Override
    void close();
}
