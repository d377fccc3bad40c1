// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {JuryVerdicts} from "./JuryVerdicts.sol";
import {ITreasury} from "./interfaces/ITreasury.sol";
import {BPS, ROLE_VALIDATOR} from "./Enumerations.sol";

/// @title Juries of validators, one for each amendment: drawn by stake, held to their duty, paid and dismissed.
/// @notice Anyone draws and anyone closes, so nobody's silence locks another's stake.
abstract contract AmendmentJury is JuryVerdicts {
    /// @notice The DAO whose amendments get a jury.
    address public dao;
    /// @notice Pays the jurors' fees; while it is unset there are none.
    ITreasury public treasury;
    /// @notice Identifiers are consecutive from 1.
    uint256 public nextJuryId = 1;

    /// @notice Amendments of a proposer whose jury is not closed.
    mapping(address proposer => uint256) public openAmendments;

    event InstitutionsChanged(address indexed dao, address indexed treasury);
    event JuryOpened(
        uint256 indexed juryId,
        address indexed dao,
        uint256 indexed proposalId,
        uint256 commitEnd,
        uint256 revealEnd
    );
    event JuryDrawn(uint256 indexed juryId, address[] jurors, uint256[] stakes);
    event JurorPaid(uint256 indexed juryId, address indexed juror, uint256 fee);
    event JurorSilent(uint256 indexed juryId, address indexed juror, uint256 slashed);
    event JuryDismissed(uint256 indexed juryId, bool early);

    error NotDao(address caller, address dao);
    error TooManyOpenAmendments(address proposer, uint256 open, uint256 limit);
    error JuryAlreadyDrawn(uint256 juryId);
    error NobodyToDraw(uint8 role);

    /// @notice The DAO, for a new amendment: its jury sits from the block after `startBlock`, under today's rules. A
    /// proposer has at most openAmendmentsPerProposer open, for each calls validators to a duty.
    /// @return juryId the new jury. @return lastBlock the last block of its reveals.
    function openJury(
        uint256 proposalId,
        address proposer,
        uint256 startBlock
    ) external returns (uint256 juryId, uint256 lastBlock) {
        if (msg.sender != dao) revert NotDao(msg.sender, dao);
        uint256 open = openAmendments[proposer];
        uint256 limit = _value("openAmendmentsPerProposer");
        if (open >= limit) revert TooManyOpenAmendments(proposer, open, limit);
        openAmendments[proposer] = open + 1;
        juryId = nextJuryId++;
        Jury storage j = _juries[juryId];
        (j.dao, j.proposer) = (msg.sender, proposer);
        _fixWindows(j, startBlock);
        _fixRules(j);
        lastBlock = j.revealEnd;
        emit JuryOpened(juryId, msg.sender, proposalId, j.commitEnd, lastBlock);
    }

    /// @notice Anyone, once the proposal's votes are open and while juryNoticeBlocks of the commit window are left.
    /// Within one block every caller gets the same draw; the first vote draws too, so waiting for a better block
    /// takes everyone else's silence.
    function drawJury(uint256 juryId) external {
        Jury storage j = _open(juryId);
        if (j.drawn) revert JuryAlreadyDrawn(juryId);
        _requireWindow(juryId, j.startBlock + 1, j.drawEnd);
        if (!_draw(juryId, j)) revert NobodyToDraw(ROLE_VALIDATOR);
    }

    /// @notice Anyone: draws if `drawJury` would, and else does nothing.
    function drawJuryIfDue(uint256 juryId) external {
        Jury storage j = _known(juryId);
        bool due = !j.drawn && !j.closed && block.number > j.startBlock && block.number <= j.drawEnd;
        if (due) _draw(juryId, j);
    }

    /// @notice Anyone, after the reveals: ends the jurors' duties, pays those who revealed, slashes the silent.
    function closeJury(uint256 juryId) external {
        Jury storage j = _open(juryId);
        if (block.number <= j.revealEnd)
            revert OutsideWindow(juryId, block.number, uint256(j.revealEnd) + 1, type(uint256).max);
        _close(juryId, j, false);
    }

    /// @notice The jury's DAO, when the proposal is cancelled: as `closeJury`, but silence is no fault. Nothing if
    /// the jury is closed.
    function dismissJury(uint256 juryId) external {
        Jury storage j = _known(juryId);
        if (msg.sender != j.dao) revert NotDao(msg.sender, j.dao);
        if (!j.closed) _close(juryId, j, block.number <= j.revealEnd);
    }

    function setInstitutions(address newDao, address newTreasury) external onlyGovernance {
        dao = newDao;
        treasury = ITreasury(newTreasury);
        emit InstitutionsChanged(newDao, newTreasury);
    }

    function _fixWindows(Jury storage j, uint256 startBlock) private {
        uint256 commitEnd = startBlock + _value("juryCommitBlocks");
        uint256 drawEnd = startBlock + 1;
        uint256 notice = _value("juryNoticeBlocks");
        if (commitEnd > drawEnd + notice) drawEnd = commitEnd - notice;
        j.startBlock = uint48(startBlock);
        j.drawEnd = uint48(drawEnd);
        j.commitEnd = uint48(commitEnd);
        j.revealEnd = uint48(commitEnd + _value("juryRevealBlocks"));
    }

    function _fixRules(Jury storage j) private {
        uint256 size = _value("jurySize");
        uint256 least = _value("juryMinVerdicts");
        j.size = uint8(size);
        j.minVerdicts = uint8(least < size ? least : size);
        j.confidenceWeighs = _value("juryConfidenceWeighs") == 1;
        j.majorityBps = uint16(_value("juryMajorityBps"));
        j.quorumBps = uint16(_value("juryQuorumBps"));
        j.silenceSlashBps = uint16(_value("jurySilenceSlashBps"));
        j.fee = uint128(_value("juryFee"));
    }

    /// @return whether there was anybody to draw.
    function _draw(uint256 juryId, Jury storage j) private returns (bool) {
        bytes32 seed = keccak256(abi.encode(block.prevrandao, address(this), juryId));
        (address[] memory jurors, uint256[] memory stakes) = staking.drawByStake(
            ROLE_VALIDATOR,
            seed,
            j.size
        );
        if (jurors.length == 0) return false;
        j.drawn = true;
        for (uint256 i; i < jurors.length; i++) {
            _jurors[juryId].push(Juror(jurors[i], uint96(stakes[i]), false, false, 0, 0));
            j.panelStake += stakes[i];
            staking.openDuty(jurors[i]);
        }
        emit JuryDrawn(juryId, jurors, stakes);
        return true;
    }

    function _close(uint256 juryId, Jury storage j, bool early) private {
        j.closed = true;
        openAmendments[j.proposer]--;
        Juror[] storage seats = _jurors[juryId];
        for (uint256 i; i < seats.length; i++) {
            staking.closeDuty(seats[i].juror);
            if (seats[i].revealed) _pay(juryId, seats[i].juror, j.fee);
            else if (!early) _slash(juryId, seats[i], j.silenceSlashBps);
        }
        emit JuryDismissed(juryId, early);
    }

    /// @dev An empty treasury, a spent allowance or none at all leave the juror unpaid and stop nothing.
    function _pay(uint256 juryId, address juror, uint256 fee) private {
        if (fee == 0 || address(treasury) == address(0)) return;
        if (treasury.payFee(juror, fee)) emit JurorPaid(juryId, juror, fee);
    }

    function _slash(uint256 juryId, Juror storage seat, uint256 shareBps) private {
        uint256 amount = (uint256(seat.stake) * shareBps) / BPS;
        uint256 there = staking.getStake(seat.juror).amount;
        if (amount > there) amount = there;
        if (amount > 0) staking.slash(seat.juror, amount, "silent on a jury");
        emit JurorSilent(juryId, seat.juror, amount);
    }
}
