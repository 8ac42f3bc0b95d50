"""Takes an OSCAL catalog (NIST's format for lists of controls) over as the draft of a pack."""
