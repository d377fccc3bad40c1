// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameterised} from "./Parameterised.sol";

/// @title The principles of the network: texts that amendments change.
abstract contract Principles is Parameterised {
    string[] private _principles;
    /// @notice How often the principles were amended.
    uint256 public amendments;

    event PrincipleAmended(uint256 indexed index, string text);
    event PrincipleRepealed(uint256 indexed index, string text);

    error EmptyPrinciple();
    error UnknownPrinciple(uint256 index, uint256 count);

    constructor(string[] memory texts) {
        for (uint256 i; i < texts.length; i++) {
            if (bytes(texts[i]).length == 0) revert EmptyPrinciple();
            _principles.push(texts[i]);
        }
    }

    function principles() external view returns (string[] memory) {
        return _principles;
    }

    function principleCount() external view returns (uint256) {
        return _principles.length;
    }

    /// @notice By amendment: replaces a principle, or adds one at the end.
    function amendPrinciple(uint256 index, string calldata text) external onlyGovernance {
        if (bytes(text).length == 0) revert EmptyPrinciple();
        if (index > _principles.length) revert UnknownPrinciple(index, _principles.length);
        if (index == _principles.length) _principles.push(text);
        else _principles[index] = text;
        amendments++;
        emit PrincipleAmended(index, text);
    }

    /// @notice By amendment: removes a principle; those after it move up.
    function repealPrinciple(uint256 index) external onlyGovernance {
        uint256 count = _principles.length;
        if (index >= count) revert UnknownPrinciple(index, count);
        emit PrincipleRepealed(index, _principles[index]);
        for (uint256 i = index + 1; i < count; i++) _principles[i - 1] = _principles[i];
        _principles.pop();
        amendments++;
    }
}
