package io.notagenbench.params;

/**
 * How large the buffer is that {@code -p buffer=} asks for: the caches of a card are as large as the buffers of a host.
 */
public final class BufferBytes {

    private static final int MIB = 20;
    /**
     * An H200's L2 has 60 MB and its memory moves 512 MiB in an eighth of a millisecond, hardly longer than a launch.
     */
    private static final int TIMES_ON_CARD = 16;

    private BufferBytes() {
    }

    /**
     * @param buffer MiB
     * @param device value of {@code -p device=}
     * @return bytes, sixteen times as many on a card
     */
    public static long of(int buffer, String device) {
        return ((long) buffer << MIB) * (device.startsWith(Defaults.DEVICE) ? 1 : TIMES_ON_CARD);
    }
}
