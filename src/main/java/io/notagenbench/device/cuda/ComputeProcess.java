package io.notagenbench.device.cuda;

import java.util.OptionalLong;

/**
 * A process that computes on a card.
 *
 * @param pid   its number, that of the host where this process runs in a container
 * @param name  its program, or {@code unknown}
 * @param bytes of the card's memory that it holds; empty where the driver does not tell
 */
public record ComputeProcess(long pid, String name, OptionalLong bytes) {
}
