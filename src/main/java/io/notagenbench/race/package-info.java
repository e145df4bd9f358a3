/** Arms of the suite that decode the same patches of one piece in turns. */
package io.notagenbench.race;
