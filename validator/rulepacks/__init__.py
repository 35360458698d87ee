"""Rule packs: YAML files, checked and made into typed rules."""

from validator.rulepacks.loader import load_rules, rules_root

__all__ = ["load_rules", "rules_root"]
