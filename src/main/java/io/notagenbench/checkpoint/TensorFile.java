package io.notagenbench.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of tensors: what it holds is told first, and the bytes of a tensor are read when they are asked for. */
interface TensorFile extends AutoCloseable {

    /**
     * The tensors as {@link StoredTensor}, and the dictionaries, lists and arrays in which they are.
     *
     * @throws io.notagenbench.fault.Fault if the file does not tell it, or may not be trusted
     */
    Object content() throws IOException;

    /** Bytes of a storage, all of which are in the file. */
    long storageBytes(String key) throws IOException;

    /** Fills {@code into} from byte {@code offset} of a storage on; it is flipped, in the byte order of the file. */
    void readStorage(String key, long offset, ByteBuffer into) throws IOException;

    /** Does not close the channel that the file is read from. */
    @Override
    void close() throws IOException;
}
