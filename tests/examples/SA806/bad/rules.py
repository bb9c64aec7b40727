def rule_0(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_1(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_2(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_3(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_4(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_5(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_6(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_7(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_8(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_9(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_10(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_11(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_12(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_13(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_14(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_15(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_16(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_17(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_18(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_19(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_20(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_21(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_22(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_23(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_24(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_25(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_26(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_27(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_28(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_29(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_30(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_31(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_32(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_33(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_34(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_35(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_36(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_37(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_38(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_39(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_40(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_41(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_42(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_43(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_44(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_45(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_46(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_47(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_48(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_49(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_50(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_51(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_52(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_53(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_54(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_55(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_56(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_57(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_58(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_59(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_60(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_61(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_62(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_63(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_64(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_65(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_66(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_67(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_68(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_69(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_70(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_71(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_72(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_73(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_74(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_75(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_76(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_77(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_78(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_79(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_80(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_81(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_82(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_83(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_84(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_85(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_86(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_87(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_88(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_89(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_90(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_91(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_92(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_93(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_94(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_95(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_96(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_97(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_98(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_99(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_100(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_101(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_102(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_103(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_104(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_105(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_106(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_107(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_108(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third


def rule_109(value: str) -> str:
    first = value.strip()
    second = first.lower()
    third = second.title()
    return third
