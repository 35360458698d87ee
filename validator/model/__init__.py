"""The shared vocabulary: frozen records that pass from one stage to the next, and no logic."""
