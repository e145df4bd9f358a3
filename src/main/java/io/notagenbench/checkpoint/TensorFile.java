package io.notagenbench.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of tensors. Its content is listed first; the bytes of a tensor are read on demand. */
interface TensorFile extends AutoCloseable {

    /**
     * The tensors as {@link StoredTensor}, and the dictionaries, lists and arrays in which they are.
     *
     * @throws io.notagenbench.fault.Fault if the list cannot be read, or is not safe
     */
    Object content() throws IOException;

    /** Number of bytes of a storage; the file has all of them. */
    long storageBytes(String key) throws IOException;

    /** Fills {@code into} from byte {@code offset} of a storage on; it is flipped, in the byte order of the file. */
    void readStorage(String key, long offset, ByteBuffer into) throws IOException;

    /** Does not close the channel that the file is read from. */
    @Override
    void close() throws IOException;
}
