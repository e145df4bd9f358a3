package io.notagenbench.device.cuda;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What NVIDIA's management library tells of one card. Asking makes no context, and disturbs what runs there little.
 * What a card, its driver or a container does not tell is empty: MIG has no utilisation, WSL2 no list of processes.
 */
public interface NvmlDevice {

    /** Memory of the whole card, of all processes together. */
    Optional<DeviceMemory> memory();

    /** Who computes on it, this process among them if it does. */
    Optional<List<ComputeProcess>> processes();

    /** Share of the last moments in which a kernel ran, in percent. */
    OptionalInt utilisationPercent();

    /** Energy since the driver was loaded, in millijoules; from Volta on. */
    OptionalLong energyMillijoules();

    /** Power that it draws, in milliwatts. */
    OptionalLong powerMilliwatts();

    /** Clock of its multiprocessors in MHz. */
    OptionalInt smMegahertz();

    /** Clock of its memory in MHz. */
    OptionalInt memoryMegahertz();

    /** Temperature of the chip in degrees Celsius. */
    OptionalInt celsius();

    /** Why its clocks are not higher, as {@link ThrottleReason} decodes it. */
    OptionalLong throttleReasons();
}
